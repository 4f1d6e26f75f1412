import { expect, test } from 'vitest';
import type { Condition, Prediction } from '../lesson/model.ts';
import { unproven, type Outcome } from './unproven.ts';

const OUTCOME: Outcome = {
  screen: '$ docker run debian bash\nnot a tty',
  commands: [
    { typed: 'docker run debian bash', exit: 1, ms: 1, shown: { from: 0, to: 1 } },
    { typed: 'exit', exit: null, ms: 1, shown: null },
  ],
  measured: { size: '20MB', word: 'many' },
};

/** Faults of a prediction with one answer. */
const faults = (right: boolean, ...conditions: readonly Condition[]) => {
  const prediction: Prediction = {
    line: 1,
    step: 'one',
    answers: [{ line: 5, right, conditions }],
  };
  return unproven({ predictions: [prediction] }, (step) => (step === 'one' ? OUTCOME : undefined));
};

const shows = (text: string): Condition => ({ kind: 'shows', pattern: { kind: 'text', text } });
const absent = (text: string): Condition => ({ kind: 'absent', pattern: { kind: 'text', text } });
const that = (relation: string): Condition => ({ kind: 'that', relation });
const exit = (status: number): Condition => ({ kind: 'exit', status });

test.each<[string, Condition, boolean]>([
  ['the last status', exit(1), true],
  ['another status', exit(0), false],
  ['printed text', shows('not a tty'), true],
  ['typed text', shows('debian'), false],
  ['text that is absent', absent('root@'), true],
  ['text that is only typed', absent('debian'), true],
  ['text that is not absent', absent('tty'), false],
  ['a pattern', { kind: 'shows', pattern: { kind: 'regex', source: '^not', flags: 'm' } }, true],
  ['a relation', that('one.size > 19MB'), true],
  ['a relation that does not hold', that('one.size > 20MB'), false],
])('an answer is right or wrong by %s', (_what, condition, holds) => {
  expect(faults(holds, condition)).toEqual([]);
  expect(faults(!holds, condition)).toHaveLength(1);
});

test('all conditions of a right answer hold; of a wrong one, one that does not is enough', () => {
  expect(faults(true, exit(1), shows('tty'))).toEqual([]);
  expect(faults(false, exit(1), shows('root@'))).toEqual([]);
  expect(faults(true, exit(1), shows('root@'))).toEqual([
    {
      line: 5,
      title: 'an answer is marked as right, but the recording shows something else',
      expected: 'shows="root@"',
      found: 'the step one does not show that',
      hint: 'correct the answers, or the condition',
    },
  ]);
  expect(faults(false, exit(1), absent('root@'))).toMatchObject([
    {
      title: 'an answer is not marked as right, but the recording shows that it is',
      expected: 'not exit="1" absent="root@"',
    },
  ]);
});

test('a condition that cannot be computed is told, also of a wrong answer', () => {
  expect(faults(false, that('one.word > 3'))).toMatchObject([
    { line: 5, title: 'one.word is not a quantity: "many"' },
  ]);
});
