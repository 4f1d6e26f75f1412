import { describe, expect, test } from 'vitest';
import {
  encodeProgress,
  merged,
  NOTHING,
  parseProgress,
  ProgressError,
  type ProgressFault,
  progressRules,
  withLesson,
  withStep,
  type Progress,
} from './model.ts';

const ALL = ['one', 'two'];

test('a step is ticked, and the tick taken away again', () => {
  const ticked = withStep(NOTHING, 'run', 'one', true, ALL);
  expect(ticked).toEqual({
    version: 1,
    lessons: { run: { done: false, steps: ['one'] } },
    next: 'run',
  });
  expect(withStep(ticked, 'run', 'one', false, ALL).lessons).toEqual({});
});

test('with its last step a lesson is done, and stays so', () => {
  let progress = withStep(NOTHING, 'run', 'one', true, ALL);
  progress = withStep(progress, 'run', 'two', true, ALL);
  expect(progress.lessons['run']?.done).toBe(true);
  expect(withStep(progress, 'run', 'two', false, ALL).lessons['run']).toEqual({
    done: true,
    steps: ['one'],
  });
});

test('steps that a lesson no longer has are forgotten', () => {
  const old = withStep(NOTHING, 'run', 'gone', true, ['gone', 'one', 'two']);
  expect(withStep(old, 'run', 'one', true, ALL).lessons['run']?.steps).toEqual(['one']);
});

test('a lesson that is done leads to the next', () => {
  expect(withLesson(NOTHING, 'run', true, 'images').next).toBe('images');
  expect(withLesson(NOTHING, 'run', true, undefined).next).toBe('run');
  const back = withLesson(withLesson(NOTHING, 'run', true, 'images'), 'run', false, 'images');
  expect(back).toEqual({ version: 1, lessons: {}, next: 'run' });
});

test('what is done in one of two is done in both together', () => {
  const here = withLesson(NOTHING, 'run', true, 'images');
  const there = withStep(withStep(NOTHING, 'run', 'one', true, ALL), 'cache', 'cold', true, [
    'cold',
    'warm',
  ]);
  expect(merged(here, there)).toEqual({
    version: 1,
    lessons: { run: { done: true, steps: ['one'] }, cache: { done: false, steps: ['cold'] } },
    next: 'images',
  });
});

describe('the exported file', () => {
  test('holds all of it', () => {
    const progress = withStep(NOTHING, 'run', 'one', true, ALL);
    expect(parseProgress(encodeProgress(progress))).toEqual(progress);
  });

  test.each<[string, ProgressFault]>([
    ['{', { kind: 'notJson' }],
    ['[]', { kind: 'notOurs' }],
    ['{"version":2,"lessons":{}}', { kind: 'notOurs' }],
    ['{"version":1}', { kind: 'noLessons' }],
    ['{"version":1,"lessons":{"run":{}}}', { kind: 'noSteps', id: 'run' }],
    ['{"version":1,"lessons":{"a\\"]{}":{"steps":[]}}}', { kind: 'noId', value: '"a\\"]{}"' }],
    ['{"version":1,"lessons":{"run":{"steps":["x{}"]}}}', { kind: 'noId', value: '"x{}"' }],
    ['{"version":1,"lessons":{"run":{"steps":[1]}}}', { kind: 'noId', value: '1' }],
    ['{"version":1,"lessons":{},"next":"//evil"}', { kind: 'noId', value: '"//evil"' }],
  ])('%s is refused', (text, fault) => {
    expect(() => parseProgress(text)).toThrow(new ProgressError(fault));
  });
});

test('rules show what is done, how far a lesson is, and where to go on', () => {
  expect(progressRules(NOTHING, 'done')).toBe('');
  const progress: Progress = {
    version: 1,
    lessons: { run: { done: true, steps: [] }, cache: { done: false, steps: ['cold'] } },
    next: 'cache',
  };
  const rules = progressRules(progress, 'done').split('\n');
  expect(rules).toContain('[data-lesson="run"] .mark::before{content:"✓";content:"✓" / "done"}');
  expect(rules).toContain('[data-lesson="cache"] .mark::before{content:"1/" attr(data-steps)}');
  expect(rules).toContain('[data-lesson="cache"] .go-on{display:block}');
  expect(rules).toContain('[data-when="new"]{display:none}');
});
