import { expect, test } from 'vitest';
import { placesOf, type Section } from './search-places.ts';
import type { Hit } from './search-rank.ts';

/** Prose, a terminal in words 2 to 5, prose. */
const section: Section = {
  url: '/lessons/run/#names',
  kind: 'core',
  names: ['A1', 'Run', 'Names'],
  words: 'Give it $ docker rm parrot Twice the <b>name</b>'.split(' '),
  steps: [{ id: 'rm', from: 2, end: 6 }],
};
const nothing = { words: [], unknown: [] };
const hit = (word: number, at: number, weight = 1): Hit => ({ word, at, weight });
const place = (...at: number[]) => {
  const hits = at.map((each, word) => hit(word, each));
  const [only] = placesOf('', nothing, [{ section, score: 1, hits }], []);
  const text = only?.excerpt.map((piece) => (piece.hit ? `[${piece.text}]` : piece.text)).join('');
  return { ...only, excerpt: text };
};

test('a hit in a terminal leads to its step and is shown as printed', () => {
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

test('prose after a terminal leads there as well, but is shown as plain text', () => {
  expect(place(8)).toEqual({
    url: '/lessons/run/#rm',
    names: ['A1', 'Run', 'Names'],
    printed: false,
    excerpt: 'Twice the [<b>name</b>]',
  });
});

test('of many hits, the excerpt with the most words is shown', () => {
  const words = [...'a b c d e f g h'.split(' '), ...Array<string>(40).fill('-'), 'x', 'y'];
  const long = { ...section, words, steps: [] };
  const hits = [hit(0, 1), hit(0, 48), hit(1, 49)];
  const [only] = placesOf('', nothing, [{ section: long, score: 1, hits }], []);
  expect(only?.excerpt.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['x', 'y']);
});

test('a distinctive word is shown rather than repetitions of a common one', () => {
  const words = [
    ...'container container container'.split(' '),
    ...Array<string>(20).fill('-'),
    'logs',
  ];
  const hits = [hit(0, 0, 0.5), hit(0, 1, 0.5), hit(0, 2, 0.5), hit(1, 23, 3)];
  const [only] = placesOf(
    '',
    nothing,
    [{ section: { ...section, words, steps: [] }, score: 1, hits }],
    [],
  );
  expect(only?.excerpt.filter((piece) => piece.hit).map(({ text }) => text)).toEqual(['logs']);
});

test('of excerpts with the same words, the one with the words as typed is shown', () => {
  const words = 'docker run --rm parrot'
    .split(' ')
    .concat(Array<string>(20).fill('-'), 'docker rm parrot'.split(' '));
  const hits = [hit(0, 0), hit(0, 24), hit(1, 2), hit(2, 3), hit(1, 25), hit(2, 26)];
  hits.sort((a, b) => a.at - b.at);
  const [only] = placesOf(
    '',
    nothing,
    [{ section: { ...section, words, steps: [] }, score: 1, hits }],
    [],
  );
  expect(only?.excerpt.map(({ text }) => text).join('')).toBe('- - - - docker rm parrot');
});

test('a section with the query as typed comes first', () => {
  const other = { ...section, url: '/other/', words: 'docker -- rm'.split(' '), steps: [] };
  const found = [other, section].map((each) => ({ section: each, score: 1, hits: [hit(0, 0)] }));
  const urls = placesOf('Docker  rm', nothing, found, []).map(({ url }) => url);
  expect(urls).toEqual([section.url, other.url]);
});

test.each<[string, Partial<Section>, Partial<Section>]>([
  ['one of the core path comes before a deep dive', { kind: 'dive' }, {}],
  ['a word in the heading counts, with another ending', {}, { names: ['A1', 'Run', 'Limits'] }],
  ['so does a word in the title', {}, { names: ['A1', 'The memory', 'The rest'] }],
  [
    'but not in a page of reference',
    { kind: 'reference', names: ['Errors', 'Limit'] },
    { names: ['A1', 'Run', 'Limit'] },
  ],
])('of two sections of nearly the same score, %s', (_title, less, more) => {
  const words = ['memory', 'limit'];
  const found = [less, more].map((differs, index) => ({
    section: { ...section, ...differs, url: index === 0 ? '/less/' : '/more/' },
    score: index === 0 ? 1.05 : 1,
    hits: [hit(0, 0), hit(1, 1)],
  }));
  const places = placesOf('memory limit', { words, unknown: [] }, found, []);
  expect(places.map(({ url }) => url)).toEqual(['/more/', '/less/']);
});

test.each([
  ['docker rm', ['docker', 'rm'], []],
  ['what does docker rm do', ['what', 'docker', 'rm', 'do'], ['does']],
])('what has the name that is asked for comes before all others: %s', (query, words, unknown) => {
  const named = { ...section, url: '/named/', names: ['Commands', 'docker rm'], words: ['-'] };
  const longer = { ...named, url: '/longer/', names: ['Commands', 'docker rm parrot'] };
  const found = [section, longer, named].map((each) => ({
    section: each,
    score: 1,
    hits: [hit(0, 0)],
  }));
  const ask = (unclear: readonly string[]) =>
    placesOf(query, { words, unknown: unclear }, found, []).map(({ url }) => url);
  expect(ask(unknown)[0]).toBe('/named/');
  expect(ask(['helm'])[0]).toBe(section.url);
});

test('a command of the reference is found only by its name', () => {
  const commands = [{ url: '/commands/#docker-rm', names: ['Commands', 'docker rm'] }];
  const found = [{ section, score: 1, hits: [hit(0, 3)] }];
  const ask = (...words: string[]) =>
    placesOf(words.join(' '), { words, unknown: [] }, found, commands).map(({ url }) => url);
  expect(ask('docker', 'rm')).toEqual(['/commands/#docker-rm', '/lessons/run/#rm']);
  expect(ask('docker', 'rm', 'parrot')).toEqual(['/lessons/run/#rm']);
});
