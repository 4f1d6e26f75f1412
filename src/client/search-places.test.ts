import { expect, test } from 'vitest';
import { rankedPlaces } from './search-places.ts';

const place = (title: string, excerpt: string, element?: string) => ({
  title,
  url: `#${title}`,
  excerpt,
  ...(element !== undefined && { anchor: { element } }),
});
const addresses = (...found: Parameters<typeof rankedPlaces>) =>
  rankedPlaces(...found).map(({ url }) => url);

test('what was typed as it was typed comes first, whatever page it is on', () => {
  const often = place('often', '<mark>docker</mark> pull <mark>docker.io</mark> <mark>--rm</mark>');
  const exact = place('rm', '$ <mark>docker</mark> <mark>rm</mark> <mark>parrot</mark>', 'figure');
  const some = place('ps', '$ <mark>docker</mark> ps', 'figure');
  const pages = [
    { meta: {}, sub_results: [often] },
    { meta: {}, sub_results: [some, exact] },
  ];
  expect(addresses('Docker rm parrot', pages)).toEqual(['#rm', '#often', '#ps']);
});

test('of equally good places a step comes before prose, and the better page before the others', () => {
  const found = '<mark>docker</mark> <mark>rm</mark>';
  const pages = [
    { meta: {}, sub_results: [place('prose', found, 'h2')] },
    { meta: {}, sub_results: [place('step', found, 'figure'), place('other', found, 'figure')] },
  ];
  expect(addresses('docker rm', pages)).toEqual(['#step', '#other', '#prose']);
});

test('a page leads to at most three of its places', () => {
  const many = ['a', 'b', 'c', 'd'].map((title) => place(title, '<mark>docker</mark>', 'figure'));
  expect(addresses('docker', [{ meta: {}, sub_results: many }])).toEqual(['#a', '#b', '#c']);
});

test('a place is named by its lesson and its step; what stands before the first anchor by the page alone', () => {
  const hit = {
    meta: { title: 'Run', code: 'A1' },
    sub_results: [place('Run', 'x'), place('rm', '<mark>docker</mark> &lt;b&gt;', 'figure')],
  };
  const [step, page] = rankedPlaces('docker', [hit]);
  expect(step).toEqual({
    url: '#rm',
    names: ['A1', 'Run', 'rm'],
    step: true,
    excerpt: [
      { text: 'docker', hit: true },
      { text: ' <b>', hit: false },
    ],
  });
  expect(page?.names).toEqual(['A1', 'Run']);
});

test('a page without places leads nowhere', () => {
  expect(rankedPlaces('docker', [{ meta: {} }])).toEqual([]);
});
