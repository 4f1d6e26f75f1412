import { stepsOf, type Step } from '../../../src/core/lesson/model.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';
import {
  recordedSteps,
  type LessonRecording,
  type RecordedStep,
} from '../../../src/store/recordings.ts';
import type { StepRun } from '../run/step.ts';
import { removedFiles, type Change, type Locate } from './change.ts';
import { differenceOf } from './difference.ts';
import { identityByStep, sharingIds } from './identity.ts';
import { unconfirmed } from './noise.ts';

/** In what the runs of a lesson's steps differ from its committed recordings. */
export async function changesOf(
  runs: readonly StepRun[],
  committed: LessonRecording,
  locate: Locate,
): Promise<Change[]> {
  const { lesson } = committed;
  const steps = recordedSteps(committed);
  const masks = lessonMasks(lesson);
  const identity = identityByStep(lesson, steps.values(), runs);
  const changes: Change[] = [];
  for (const after of runs) {
    const { id: step } = after.step;
    const at = { step, ...locate(after.step) };
    const recorded = steps.get(step);
    if (recorded === undefined) {
      changes.push({ kind: 'new', ...at, after });
      continue;
    }
    const isEdited = recorded.state === 'stale';
    const before = asRun(after.step, recorded);
    const difference = await differenceOf(before, after, masks, identity.get(step));
    if (difference !== undefined)
      changes.push({ kind: isEdited ? 'edited' : 'drift', ...at, before, after, difference });
    else if (isEdited) {
      const follows = changes.some(({ kind }) => kind !== 'drift');
      changes.push({ kind: follows ? 'follows' : 'source', ...at, before, after });
    }
  }
  return [...changes, ...removedFiles(committed)];
}

/**
 * Adds the steps that are to be written with those that changed, because they show the same ids.
 * @param runs all of the lesson's steps that were run
 */
export function withSharing(
  changes: readonly Change[],
  runs: readonly StepRun[],
  committed: LessonRecording,
  locate: Locate,
): Change[] {
  const { lesson } = committed;
  const recorded = recordedSteps(committed);
  const written = unconfirmed(changes);
  const sharing = sharingIds(lesson, recorded.values(), runs, written);
  if (sharing.size === 0) return [...changes];
  const others = changes.filter((change) => !('step' in change && sharing.has(change.step)));
  const shares = runs.flatMap((after): Change[] => {
    const { step } = after;
    const before = recorded.get(step.id);
    if (before === undefined || !sharing.has(step.id)) return [];
    const at = { step: step.id, ...locate(step) };
    return [{ kind: 'shares', ...at, before: asRun(step, before), after }];
  });
  const order = stepsOf(lesson).map(({ id }) => id);
  const position = (change: Change) =>
    'step' in change ? order.indexOf(change.step) : order.length;
  return [...others, ...shares].sort((a, b) => position(a) - position(b));
}

/** What is recorded of a step, as the run that it was recorded from. */
export function asRun(step: Step, { proof, parsed: cast, screen, picture }: RecordedStep): StepRun {
  const { commands, measured } = proof;
  return {
    ...{ step, commands, measured, screen, cast },
    ...(picture && proof.picture && { picture: { bytes: picture, proof: proof.picture } }),
  };
}
