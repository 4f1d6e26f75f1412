import { expect, test } from 'vitest';
import { judge, resultLine, sumOf } from './one-run.ts';

const LESSONS = ['images', 'run'];
const recorded = LESSONS.map((lesson) => ({ lesson, result: 'as recorded' }));
const output = (more: object = {}) =>
  JSON.stringify({ lessons: recorded, steps: [], failures: [], triedAgain: [], ...more });

test('a run that is as recorded', () => {
  expect(judge({ status: 0, stdout: output() }, LESSONS)).toEqual({
    lessons: 2,
    changed: 0,
    failed: 0,
    triedAgain: 0,
    notes: [],
  });
});

test('a step that changed, and a lesson that failed', () => {
  const stdout = output({
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

test('a lesson that changed only because of leftover files', () => {
  const stdout = output({ lessons: [{ lesson: 'images', result: 'changed' }, recorded[1]] });
  expect(judge({ status: 10, stdout }, LESSONS)).toMatchObject({
    changed: 1,
    failed: 0,
    notes: ['images changed, but none of its steps'],
  });
});

test('a second attempt at a lab is noted, but is not a failure', () => {
  expect(judge({ status: 0, stdout: output({ triedAgain: ['run'] }) }, LESSONS)).toMatchObject({
    changed: 0,
    failed: 0,
    triedAgain: 1,
    notes: ['run was run in a second lab'],
  });
});

test('a lesson without a result has failed', () => {
  const stdout = output({ lessons: [recorded[0]] });
  expect(judge({ status: 0, stdout }, LESSONS)).toMatchObject({
    lessons: 1,
    failed: 1,
    notes: ['run was not run'],
  });
});

test.each<[string, number | null, string]>([
  ['was interrupted', 130, output()],
  ['crashed', 1, ''],
  ['found an invalid lesson', 2, output()],
  ['was killed', null, ''],
  ['printed nothing', 0, ''],
  ['printed incomplete JSON', 0, output().slice(0, -1)],
  ['reported no lessons', 0, '{}'],
  ['reported drift but no change', 10, output()],
])('a run that %s has failed, with all of its lessons', (_, status, stdout) => {
  const run = judge({ status, stdout }, LESSONS);
  expect(run).toMatchObject({ lessons: 0, changed: 0, failed: 2 });
  expect(run.notes).toEqual([expect.stringMatching(/^the run ended with (?:\d+|a signal), /)]);
});

test('the last line counts all runs', () => {
  const runs = [
    judge({ status: 0, stdout: output({ triedAgain: ['run'] }) }, LESSONS),
    judge({ status: 130, stdout: '' }, LESSONS),
  ];
  expect(resultLine(runs.length, sumOf(runs))).toBe(
    'runs: 2, lessons run: 2, steps changed: 0, lessons failed: 2, labs tried again: 1',
  );
});
