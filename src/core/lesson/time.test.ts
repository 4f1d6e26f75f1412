import { expect, test } from 'vitest';
import { hours, lessonTime, wordsIn } from './time.ts';

const NOTHING = { words: 0, printed: 0, keys: 0, commands: 0, running: 0 };

test('prose is read to learn from it, and screens are skimmed', () => {
  expect(lessonTime({ ...NOTHING, words: 1000, printed: 900 }).reading).toBe(5 + 2);
});

test('typing along takes the time to read, to type and to wait', () => {
  const read = { ...NOTHING, words: 2000 };
  expect(lessonTime(read)).toEqual({ reading: 10, typing: 10 });
  expect(lessonTime({ ...read, keys: 1200 })).toEqual({ reading: 10, typing: 25 });
  expect(lessonTime({ ...read, commands: 200 })).toEqual({ reading: 10, typing: 15 });
  expect(lessonTime({ ...read, running: 300_000 })).toEqual({ reading: 10, typing: 15 });
});

test('no lesson takes no time', () => {
  expect(lessonTime(NOTHING)).toEqual({ reading: 1, typing: 5 });
});

test('words are separated by space', () => {
  expect(['', ' \n', 'docker run\n  debian'].map(wordsIn)).toEqual([0, 0, 3]);
});

test('minutes are written as hours', () => {
  expect([5, 60, 95, 120].map(hours)).toEqual(['5 min', '1 h', '1 h 35 min', '2 h']);
});
