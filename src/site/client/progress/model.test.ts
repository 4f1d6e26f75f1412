import { describe, expect, test } from 'vitest';
import { parseLesson } from '../../../core/lesson/parse.ts';
import type { ProgressFault } from '../../i18n/client/progress.ts';
import {
  encodeProgress,
  merged,
  NOTHING,
  parseProgress,
  ProgressError,
  progressRules,
  readKept,
  withGuess,
  withLesson,
  withMoved,
  withStep,
  type Progress,
} from './model.ts';

const ALL = ['one', 'two'];

test('a step can be ticked and unticked', () => {
  const ticked = withStep(NOTHING, 'run', 'one', true, ALL);
  expect(ticked).toEqual({
    version: 1,
    lessons: { run: { done: false, steps: ['one'] } },
    next: 'run',
  });
  expect(withStep(ticked, 'run', 'one', false, ALL).lessons).toEqual({});
});

test('a lesson is done with its last step, and stays done', () => {
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

test('the first prediction of a step is kept, and whether the last try was right', () => {
  const once = withGuess(NOTHING, 'run', 'one', 2, false);
  const twice = withGuess(once, 'run', 'one', 0, true);
  const guesses = { one: { choice: 2, first: false, last: true } };
  expect(twice.lessons['run']).toEqual({ done: false, steps: [], guesses });
  const ticked = withStep(twice, 'run', 'one', true, ALL);
  expect(ticked.lessons['run']).toEqual({ done: false, steps: ['one'], guesses });
  expect(parseProgress(encodeProgress(twice))).toEqual(twice);
  expect(withStep(ticked, 'run', 'one', false, ALL).lessons['run']).toMatchObject({ guesses });
  const other = withGuess(withGuess(NOTHING, 'run', 'one', 0, true), 'run', 'two', 1, true);
  expect(merged(twice, other).lessons['run']?.guesses).toEqual({
    ...guesses,
    two: { choice: 1, first: true, last: true },
  });
});

test('a prediction follows its step to another name and another lesson', () => {
  const old = withGuess(withGuess(NOTHING, 'run', 'one', 2, false), 'run', 'two', 1, true);
  const moved = { run: 'start', 'start#one': 'images#first' };
  expect(withMoved(old, moved).lessons).toEqual({
    start: { done: false, steps: [], guesses: { two: { choice: 1, first: true, last: true } } },
    images: {
      done: false,
      steps: [],
      guesses: { first: { choice: 2, first: false, last: false } },
    },
  });
});

test('a finished lesson leads to the next', () => {
  expect(withLesson(NOTHING, 'run', true, 'images').next).toBe('images');
  expect(withLesson(NOTHING, 'run', true, undefined).next).toBe('run');
  const back = withLesson(withLesson(NOTHING, 'run', true, 'images'), 'run', false, 'images');
  expect(back).toEqual({ version: 1, lessons: {}, next: 'run' });
});

test('merging keeps what is done in either progress', () => {
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

describe('what has moved', () => {
  const moved = {
    'run#context': 'contexts#context',
    'run#host': 'contexts#docker-host',
    walk: 'run',
  };
  const progress = (lessons: Progress['lessons'], next = 'run'): Progress => ({
    version: 1,
    lessons,
    next,
  });

  test('steps are ticked in their new lesson, and lessons keep the rest', () => {
    const before = progress({
      run: { done: true, steps: ['one', 'host', 'context'] },
      contexts: { done: false, steps: ['context'] },
    });
    expect(withMoved(before, moved)).toEqual(
      progress({
        run: { done: true, steps: ['one'] },
        contexts: { done: false, steps: ['docker-host', 'context'] },
      }),
    );
  });

  test('a renamed lesson keeps its progress, also of steps that moved on', () => {
    const before = progress({ walk: { done: true, steps: ['one', 'context'] } }, 'walk');
    expect(withMoved(before, moved)).toEqual(
      progress({
        run: { done: true, steps: ['one'] },
        contexts: { done: false, steps: ['context'] },
      }),
    );
  });

  test('nothing is left of a lesson whose ticked steps all moved', () => {
    const before = progress({ run: { done: false, steps: ['context'] } });
    expect(Object.keys(withMoved(before, moved).lessons)).toEqual(['contexts']);
  });

  test('everything else stays as it is', () => {
    const before = progress({ constructor: { done: false, steps: ['b', 'a'] } }, 'images');
    expect(withMoved(before, moved)).toEqual(before);
  });
});

describe('the exported file', () => {
  test('contains everything', () => {
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
    [
      '{"version":1,"lessons":{"run":{"steps":[],"guesses":{"one":{"choice":0}}}}}',
      { kind: 'noGuess', id: 'run#one' },
    ],
    ['{"version":1,"lessons":{"run":{"steps":[],"guesses":3}}}', { kind: 'noGuess', id: 'run' }],
    ['{"version":1,"lessons":{},"next":"//evil"}', { kind: 'noId', value: '"//evil"' }],
  ])('%s is rejected', (text, fault) => {
    expect(() => parseProgress(text)).toThrow(new ProgressError(fault));
  });
});

describe('the stored progress', () => {
  const ticked = withStep(NOTHING, 'run', 'one', true, ALL);

  test('is read completely if it is valid', () => {
    expect(readKept(encodeProgress(ticked))).toEqual({ progress: ticked, whole: true });
  });

  test.each([
    ['an odd step', '{"run":{"done":false,"steps":["-odd","one",7,"one"]}}', '"run"'],
    ['an odd lesson', '{"run":{"steps":["one"]},"a\\"]{}":{"done":true,"steps":["x"]}}', '"run"'],
    ['an odd place to go on', '{"run":{"steps":["one"]}}', '"//evil"'],
    ['an odd prediction', '{"run":{"steps":["one"],"guesses":{"one":{"choice":"A"}}}}', '"run"'],
    ['a lesson that is no object', '{"run":{"steps":["one"]},"cache":3}', '"run"'],
  ])('loses nothing but %s', (_what, lessons, next) => {
    const text = `{"version":1,"lessons":${lessons},"next":${next}}`;
    const { progress, whole } = readKept(text);
    expect(whole).toBe(false);
    expect(progress.lessons).toEqual({ run: { done: false, steps: ['one'] } });
    expect(progress.next).toBe(next === '"run"' ? 'run' : undefined);
  });

  test('a lesson without its list of steps is still done', () => {
    const { progress } = readKept('{"version":1,"lessons":{"run":{"done":true}}}');
    expect(progress.lessons).toEqual({ run: { done: true, steps: [] } });
  });

  test.each(['{', 'null', '{"version":2,"lessons":{"run":{"steps":["one"]}}}', '{"version":1}'])(
    'is nothing where nothing can be read, and is known to be more: %s',
    (text) => expect(readKept(text)).toEqual({ progress: NOTHING, whole: false }),
  );
});

test.each([
  ...['a', '9', 'a-b', 'a--b', 'a-', 'constructor', 'x'.repeat(100)],
  ...['-a', '-', 'x'.repeat(101), 'A', 'a_b', 'ä', 'a.b'],
])('parser and progress agree whether %s is an id', (id) => {
  const lesson = (file: string, step: string) =>
    parseLesson(
      `---\ntitle: T\ndescription: D.\n---\n\n\`\`\`console ${step}\n$ true\n\`\`\`\n`,
      `${file}.mdx`,
    ).problems.length === 0;
  const kept = (lessonId: string, step: string) =>
    readKept(JSON.stringify({ version: 1, lessons: { [lessonId]: { steps: [step] } } })).whole;
  expect(lesson('run', id)).toBe(kept('run', id));
  expect(lesson(id, 'one')).toBe(kept(id, 'one'));
});

test('rules show what is done, the progress of lessons, and where to continue', () => {
  expect(progressRules(NOTHING, 'done')).toBe('');
  const progress: Progress = {
    version: 1,
    lessons: { run: { done: true, steps: [] }, cache: { done: false, steps: ['cold'] } },
    next: 'cache',
  };
  const rules = progressRules(progress, 'done').split('\n');
  expect(rules).toContain(
    ':is([data-lesson="run"],[href$="/lessons/run/"]) .mark::before{content:"✓";content:"✓" / "done"}',
  );
  expect(rules).toContain(
    ':is([data-lesson="cache"],[href$="/lessons/cache/"]) .mark::before{content:"1/" attr(data-steps)}',
  );
  expect(rules).toContain('[data-lesson="cache"] .go-on{display:block}');
  expect(rules).toContain('[data-when="new"]{display:none}');
});
