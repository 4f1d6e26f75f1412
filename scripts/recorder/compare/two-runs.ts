import { isDeepStrictEqual } from 'node:util';
import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';
import type { Held } from '../../../src/core/recording/held.ts';
import { cleanUpText } from '../../../src/core/recording/leftovers.ts';
import { stateDifference } from '../../../src/core/recording/states.ts';
import { RunFailure, type Failure } from '../run/failure.ts';
import type { StepRun } from '../run/step.ts';
import type { Change, Locate, NoisyStep, OtherScreen } from './change.ts';
import { differenceOf } from './difference.ts';
import { identityByStep } from './identity.ts';
import { asNoise } from './noise.ts';

/** The decision about a lesson after two runs. */
export type Decision =
  | { readonly kind: 'accepted' }
  /** The runs differ. */
  | { readonly kind: 'noisy'; readonly changes: readonly NoisyStep[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Decides whether what the first run of a lesson shows is accepted.
 * @param steps ids of the steps that have to show the same in both runs
 * @param second how the second run failed, or differs from the first one
 */
export function decide(
  lesson: Lesson,
  steps: ReadonlySet<string>,
  second: readonly Change[] | Failure,
): Decision {
  if (second instanceof RunFailure) return { kind: 'failed', failure: inOneRun(second) };
  if ('status' in second) return { kind: 'failed', failure: second };
  const changes = second.flatMap((change) =>
    'difference' in change && change.kind !== 'noise' && steps.has(change.step)
      ? [asNoise(change, lesson)]
      : [],
  );
  return changes.length === 0 ? { kind: 'accepted' } : { kind: 'noisy', changes };
}

/** The differences between two runs of some steps. */
export async function betweenRuns(
  lesson: Lesson,
  steps: ReadonlySet<string>,
  first: readonly StepRun[],
  second: readonly StepRun[],
  locate: Locate,
): Promise<OtherScreen[]> {
  const masks = lessonMasks(lesson);
  const identity = identityByStep(lesson, first, second);
  const changes: OtherScreen[] = [];
  for (const before of first) {
    const { step } = before;
    const after = second.find((run) => run.step.id === step.id);
    if (!steps.has(step.id) || after === undefined) continue;
    const difference = await differenceOf(before, after, masks, identity.get(step.id));
    if (difference !== undefined)
      changes.push({ kind: 'drift', step: step.id, ...locate(step), before, after, difference });
  }
  return changes;
}

/** The failure of a lesson if its lab holds different things in two runs, or after them. */
export function otherInEachRun(
  lesson: Lesson,
  first: Held | undefined,
  second: Held | undefined,
): RunFailure | undefined {
  if (first === undefined || second === undefined || isDeepStrictEqual(first, second))
    return undefined;
  const { file } = lesson;
  const different = stateDifference(first.states, second.states);
  const line = stepsOf(lesson).find(({ id }) => id === different?.step)?.line ?? 1;
  const problem = different
    ? {
        ...{ file, line, title: 'after the step, the Engine holds something else in each run' },
        expected: different.before,
        found: different.now,
        hint: 'let a hidden step wait for what is still under way',
      }
    : {
        ...{ file, line: 1, title: 'the lesson leaves something else in each run' },
        expected: cleanUpText(first.leftovers),
        found: cleanUpText(second.leftovers),
        hint: 'give it the same name in each run, or remove it in the last step of the lesson',
      };
  return new RunFailure(problem, 20, '');
}

/** Notes in the hint that only one of two runs failed. */
function inOneRun({ problem, status, screen, step }: RunFailure): RunFailure {
  const once = 'it did what the lesson expects in one of two runs, and not in the other';
  return new RunFailure({ ...problem, hint: `${once}: ${problem.hint}` }, status, screen, step);
}
