import { encodeCast } from '../../../src/core/recording/cast.ts';
import { checkScreen } from '../../../src/core/recording/expectations.ts';
import {
  encodeProof,
  PROOF_SCHEMA,
  type LabFacts,
  type StepProof,
} from '../../../src/core/recording/proof.ts';
import { recordedSteps, type LessonRecording } from '../../../src/store/recordings.ts';
import type { LessonFiles } from '../../../src/store/write.ts';
import type { Leftovers } from '../../../src/core/recording/leftovers.ts';
import { isSameScreen, type Change } from './change.ts';

/**
 * What the recordings of a lesson become: all files of its folder, by name. A step that shows what
 * it showed keeps its bytes.
 * @param changes what its runs have changed
 * @param leftovers what the lesson leaves; as recorded, if it was not run to its end
 * @param today the day of the run, `YYYY-MM-DD`
 */
export function filesOf(
  recording: LessonRecording,
  changes: readonly Change[],
  lab: LabFacts,
  leftovers: Leftovers | undefined,
  today: string,
): LessonFiles {
  const { lesson, proof, hashes, browser } = recording;
  const committed = recordedSteps(recording);
  const files = new Map<string, string | Uint8Array>();
  const steps: Record<string, StepProof> = {};
  for (const [id, step] of committed) {
    files.set(`${id}.cast`, step.cast).set(`${id}.txt`, step.screen);
    if (step.picture !== undefined) files.set(`${id}.png`, step.picture);
    steps[id] = step.proof;
  }
  let isRecorded = proof === undefined;
  for (const change of changes) {
    if (!('after' in change)) continue;
    const { step: id, after } = change;
    const source = hashes.get(id) ?? '';
    const before = committed.get(id);
    if (isSameScreen(change) && change.kind !== 'shares' && before !== undefined) {
      const { picture, ...rest } = before.proof;
      const { measured } = checkScreen(after.step, before.screen, rest.commands);
      steps[id] = { ...rest, ...(after.picture && picture && { picture }), source, measured };
      continue;
    }
    isRecorded = true;
    files.set(`${id}.cast`, encodeCast(after.cast)).set(`${id}.txt`, after.screen);
    if (after.picture !== undefined) files.set(`${id}.png`, after.picture.bytes);
    steps[id] = {
      source,
      recorded: today,
      engine: lab.engine,
      commands: after.commands,
      measured: after.measured,
      ...(after.picture && { picture: after.picture.proof }),
    };
  }
  if (browser !== undefined) files.set('browser.json', browser.text);
  const left = leftovers ?? proof?.leftovers;
  const made = isRecorded || proof === undefined ? { recorded: today, lab } : proof;
  return files.set(
    'proof.json',
    encodeProof({
      schema: PROOF_SCHEMA,
      lesson: lesson.id,
      recorded: made.recorded,
      lab: made.lab,
      ...(left && { leftovers: left }),
      steps,
    }),
  );
}
