import { expect, test } from 'vitest';
import { placesOf, type Section } from './search-places.ts';

/** Prose, a terminal in the words 2 to 5, prose. */
const section: Section = {
  url: '/lessons/run/#names',
  names: ['A1', 'Run', 'Names'],
  words: 'Give it $ docker rm parrot Twice the <b>name</b>'.split(' '),
  steps: [{ id: 'rm', from: 2, end: 6 }],
};
const place = (...at: number[]) => {
  const hits = at.map((each, word) => ({ word, at: each }));
  const [only] = placesOf('', [{ section, hits }]);
  const text = only?.excerpt.map((piece) => (piece.hit ? `[${piece.text}]` : piece.text)).join('');
  return { ...only, excerpt: text };
};

test('what stands in a terminal leads to its step, and is shown as printed', () => {
  expect(place(3, 4)).toEqual({
    url: '/lessons/run/#rm',
    names: ['A1', 'Run', 'Names', 'rm'],
    printed: true,
    excerpt: '$ [docker] [rm] parrot',
  });
});

test('prose before a terminal leads to its section', () => {
  const { url, printed, excerpt } = place(0);
  expect({ url, printed, excerpt }).toEqual({
    url: '/lessons/run/#names',
    printed: false,
    excerpt: '[Give] it',
  });
});

test('prose behind a terminal leads there as well, but is not shown as printed; what it holds is text', () => {
  expect(place(8)).toEqual({
    url: '/lessons/run/#rm',
    names: ['A1', 'Run', 'Names'],
    printed: false,
    excerpt: 'Twice the [<b>name</b>]',
  });
});

test('of many hits those are shown where the most words stand together', () => {
  const words = [...'a b c d e f g h'.split(' '), ...Array<string>(40).fill('-'), 'x', 'y'];
  const long = { ...section, words, steps: [] };
  const hits = [
    { word: 0, at: 1 },
    { word: 0, at: 48 },
    { word: 1, at: 49 },
  ];
  const [only] = placesOf('', [{ section: long, hits }]);
  expect(only?.excerpt.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['x', 'y']);
});

test('of stretches with the same words the one that has them as typed is shown', () => {
  const words = 'docker run --rm parrot'
    .split(' ')
    .concat(Array<string>(20).fill('-'), 'docker rm parrot'.split(' '));
  const hits = [0, 24].map((at) => ({ word: 0, at }));
  hits.push({ word: 1, at: 2 }, { word: 2, at: 3 }, { word: 1, at: 25 }, { word: 2, at: 26 });
  hits.sort((a, b) => a.at - b.at);
  const [only] = placesOf('', [{ section: { ...section, words, steps: [] }, hits }]);
  expect(only?.excerpt.map(({ text }) => text).join('')).toBe('- - - - docker rm parrot');
});

test('what stands there as it was typed comes first', () => {
  const other = { ...section, url: '/other/', words: 'docker -- rm'.split(' '), steps: [] };
  const found = [other, section].map((each) => ({ section: each, hits: [{ word: 0, at: 0 }] }));
  expect(placesOf('Docker  rm', found).map(({ url }) => url)).toEqual([section.url, other.url]);
});
