import type { Step } from '../../../src/core/lesson/model.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';
import {
  recordedSteps,
  type LessonRecording,
  type RecordedStep,
} from '../../../src/store/recordings.ts';
import type { StepRun } from '../run/step.ts';
import { removedFiles, type Change, type Locate } from './change.ts';
import { differenceOf } from './difference.ts';

/** In what the runs of a lesson's steps differ from its committed recordings. */
export async function changesOf(
  runs: readonly StepRun[],
  committed: LessonRecording,
  locate: Locate,
): Promise<Change[]> {
  const { lesson, hashes } = committed;
  const steps = recordedSteps(committed);
  const masks = lessonMasks(lesson);
  const changes: Change[] = [];
  for (const after of runs) {
    const { id: step } = after.step;
    const at = { step, ...locate(after.step) };
    const recorded = steps.get(step);
    if (recorded === undefined) {
      changes.push({ kind: 'new', ...at, after });
      continue;
    }
    const isEdited = hashes.get(step) !== recorded.proof.source;
    const before = asRun(after.step, recorded);
    const difference = await differenceOf(before, after, masks);
    if (difference !== undefined)
      changes.push({ kind: isEdited ? 'edited' : 'drift', ...at, before, after, difference });
    else if (isEdited) {
      const follows = changes.some(({ kind }) => kind !== 'drift');
      changes.push({ kind: follows ? 'follows' : 'source', ...at, before, after });
    }
  }
  return [...changes, ...removedFiles(committed)];
}

/** What is recorded of a step, as the run that it was recorded from. */
function asRun(step: Step, { proof, parsed: cast, screen, picture }: RecordedStep): StepRun {
  const { commands, measured } = proof;
  return {
    ...{ step, commands, measured, screen, cast },
    ...(picture && proof.picture && { picture: { bytes: picture, proof: proof.picture } }),
  };
}
