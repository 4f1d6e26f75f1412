import { expect, test } from 'vitest';
import { rank, type Found } from './search-rank.ts';

const found = (section: string, score: number, ...at: number[]): Found => ({ section, score, at });
const order = (...words: (readonly Found[])[]) => rank(words, 100).map(({ section }) => section);

test('a section with all words comes before one that has a single word many times', () => {
  expect(order([found('one', 5, 1), found('both', 3, 1)], [found('both', 3, 40)])).toEqual([
    'both',
    'one',
  ]);
});

test('of equal sections, the one with the words in the typed sequence comes first', () => {
  const apart = [found('apart', 3, 9), found('apart', 3, 4)] as const;
  const phrase = [found('phrase', 3, 4), found('phrase', 3, 5)] as const;
  expect(order([apart[0], phrase[0]], [apart[1], phrase[1]])).toEqual(['phrase', 'apart']);
});

test('a word that is central to no section does not outweigh another', () => {
  const help = found('help', 0.3, 1);
  expect(order([help], [found('lesson', 4, 1), found('help', 0.4, 2)])).toEqual(['lesson', 'help']);
});

test('a section that scores far lower than the best is left out', () => {
  expect(order([found('good', 10, 1), found('bad', 0.1, 1)])).toEqual(['good']);
});

test('returns the positions of the words and their weights', () => {
  const [best] = rank([[found('a', 1, 3, 7)], [found('a', 0.5, 5)]], 100);
  expect(best?.hits).toEqual([
    { word: 0, at: 3, weight: 1 },
    { word: 1, at: 5, weight: 0.5 },
    { word: 0, at: 7, weight: 1 },
  ]);
});

test('an empty query finds nothing', () => {
  expect(rank([], 100)).toEqual([]);
});
