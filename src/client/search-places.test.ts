import { expect, test } from 'vitest';
import { placesOf } from './search-places.ts';

const place = (title: string, excerpt: string, element?: string) => ({
  title,
  url: `/lessons/run/#${title}`,
  excerpt,
  ...(element !== undefined && { anchor: { element } }),
});

test('the place that shows most of the words comes first, and of equal ones the step', () => {
  const places = placesOf({
    meta: { title: 'Run', code: 'A1' },
    sub_results: [
      place('Run', '<mark>docker</mark> and <mark>docker</mark> again'),
      place('section', '<mark>docker</mark> <mark>rm</mark>', 'h2'),
      place('rm', '$ <mark>docker</mark> <mark>rm</mark> parrot', 'figure'),
      place('ps', '$ <mark>docker</mark> ps', 'figure'),
    ],
  });
  expect(places.map(({ url, step }) => [url, step])).toEqual([
    ['/lessons/run/#rm', true],
    ['/lessons/run/#section', false],
    ['/lessons/run/#ps', true],
  ]);
  expect(places[0]?.names).toEqual(['A1', 'Run', 'rm']);
  expect(places[0]?.excerpt.filter(({ hit }) => hit).map(({ text }) => text)).toEqual([
    'docker',
    'rm',
  ]);
});

test('what stands before the first anchor is the page itself', () => {
  const [first] = placesOf({ meta: { title: 'Glossary' }, sub_results: [place('Glossary', 'x')] });
  expect(first?.names).toEqual(['Glossary']);
});

test('a page without places leads nowhere', () => {
  expect(placesOf({ meta: {} })).toEqual([]);
});
