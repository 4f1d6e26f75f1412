import { expect, test } from 'vitest';
import { understood } from './search-spelling.ts';

const VOCABULARY = new Set(
  [
    'docker dockerfile entrypoint cmd exec except help image images volume restart',
    '127 137 overlay2',
  ].flatMap((line) => line.split(' ')),
);
const read = (query: string) => understood(query, VOCABULARY);

test('known words are kept as they are, in order; the last one may be unfinished', () => {
  expect(read('Docker IMAGES, exit')).toEqual({
    words: ['docker', 'images'],
    corrected: [],
    unknown: ['exit'],
  });
  expect(read('docker vol').words).toEqual(['docker', 'vol']);
  expect(read('vol docker').words).toEqual(['docker']);
});

test.each([
  ['dockerfle', 'dockerfile'],
  ['entrypiont', 'entrypoint'],
  ['volmue', 'volume'],
  ['imagess', 'images'],
  ['restarting', 'restart'],
  ['overlya2', 'overlay2'],
])('%s is read as %s', (typed, word) => {
  expect(read(typed)).toEqual({ words: [word], corrected: [{ typed, word }], unknown: [] });
});

test.each([
  ['stopping', 'stop'],
  ['deleting', 'delete'],
  ['caching', 'cache'],
  ['tagging', 'tag'],
  ['committing', 'commit'],
  ['pausing', 'pause'],
  ['creating', 'create'],
  ['attaching', 'attach'],
  ['restarting', 'restart'],
])('%s is read as %s, whatever else is like it', (typed, word) => {
  const others = ['reading', 'detaching', 'starting', 'stepping', 'packing'];
  const stems = ['stop', 'delete', 'cache', 'tag', 'commit', 'pause', 'create', 'attach'];
  const vocabulary = new Set([...others, ...stems, 'restart']);
  expect(understood(typed, vocabulary).words).toEqual([word]);
});

test('a short word may have two letters swapped, but no other mistake', () => {
  expect(read('exce docker').words).toEqual(['exec', 'docker']);
  expect(read('helm docker').unknown).toEqual(['helm']);
});

test.each(['asdfgh', 'kubernetes', '128', 'x'])('%s is like nothing that is there', (typed) => {
  expect(read(typed)).toEqual({ words: [], corrected: [], unknown: [typed] });
});
