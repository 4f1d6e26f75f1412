import { expect, test } from 'vitest';
import { judge, resultLine, sumOf } from './one-play.ts';

const LESSONS = ['images', 'run'];
const recorded = LESSONS.map((lesson) => ({ lesson, result: 'as recorded' }));
const told = (more: object = {}) =>
  JSON.stringify({ lessons: recorded, steps: [], failures: [], triedAgain: [], ...more });

test('a play in which all is as recorded', () => {
  expect(judge({ status: 0, stdout: told() }, LESSONS)).toEqual({
    lessons: 2,
    changed: 0,
    failed: 0,
    triedAgain: 0,
    notes: [],
  });
});

test('a step that changed, and a lesson that failed', () => {
  const stdout = told({
    lessons: [
      { lesson: 'images', result: 'changed' },
      { lesson: 'run', result: 'failed' },
    ],
    steps: [{ lesson: 'images', step: 'pull' }],
    failures: [{ lesson: 'run', title: 'it hung' }],
  });
  expect(judge({ status: 30, stdout }, LESSONS)).toEqual({
    lessons: 2,
    changed: 1,
    failed: 1,
    triedAgain: 0,
    notes: ['images#pull changed', 'run failed: it hung'],
  });
});

test('a lesson that changed in none of its steps: files are left over', () => {
  const stdout = told({ lessons: [{ lesson: 'images', result: 'changed' }, recorded[1]] });
  expect(judge({ status: 10, stdout }, LESSONS)).toMatchObject({
    changed: 1,
    failed: 0,
    notes: ['images changed, but none of its steps'],
  });
});

test('a lab that was tried again is told, and is no failure', () => {
  expect(judge({ status: 0, stdout: told({ triedAgain: ['run'] }) }, LESSONS)).toMatchObject({
    changed: 0,
    failed: 0,
    triedAgain: 1,
    notes: ['run was played in a second lab'],
  });
});

test('a lesson of which nothing is told has failed', () => {
  const stdout = told({ lessons: [recorded[0]] });
  expect(judge({ status: 0, stdout }, LESSONS)).toMatchObject({
    lessons: 1,
    failed: 1,
    notes: ['run was not played'],
  });
});

test.each<[string, number | null, string]>([
  ['was interrupted by somebody else', 130, told()],
  ['had a mistake in it', 1, ''],
  ['found an invalid lesson', 2, told()],
  ['was killed', null, ''],
  ['said nothing', 0, ''],
  ['was cut off in its words', 0, told().slice(0, -1)],
  ['told of no lesson', 0, '{}'],
  ['ended with drift, and does not say where', 10, told()],
])('a play that %s has failed, with all of its lessons', (_, status, stdout) => {
  const play = judge({ status, stdout }, LESSONS);
  expect(play).toMatchObject({ lessons: 0, changed: 0, failed: 2 });
  expect(play.notes).toEqual([expect.stringMatching(/^the play ended with (?:\d+|a signal), /)]);
});

test('the last line counts all plays', () => {
  const plays = [
    judge({ status: 0, stdout: told({ triedAgain: ['run'] }) }, LESSONS),
    judge({ status: 130, stdout: '' }, LESSONS),
  ];
  expect(resultLine(plays.length, sumOf(plays))).toBe(
    'plays: 2, lessons played: 2, steps changed: 0, lessons failed: 2, labs tried again: 1',
  );
});
