import { stepsOf } from '../core/lesson/model.ts';
import { lessonMasks } from '../core/recording/masks.ts';
import { variantFolder } from '../core/recording/paths.ts';
import type { StepProof } from '../core/recording/proof.ts';
import {
  comparedHash,
  composedProof,
  isSameStep,
  parseVariant,
  type VariantProof,
} from '../core/recording/variant.ts';
import { readEngines } from './engines.ts';
import {
  filesIn,
  stepFiles,
  readProofOf,
  readStep,
  withEntries,
  withoutProof,
  type LessonRecording,
  type RecordedStep,
  type StepRecording,
} from './recordings.ts';

/**
 * A lesson as it is recorded on another Engine: steps that show the same have the reference
 * Engine's recording, the others their own.
 */
export interface Variant extends LessonRecording {
  /** Major version of the Engine. */
  readonly engine: string;
  readonly reference: LessonRecording;
  /** Its proof as it is in the file; `proof` is put together from both. */
  readonly own: VariantProof | undefined;
  /** Ids of the steps with a recording of their own. */
  readonly differs: ReadonlySet<string>;
  /** Ids of the steps that were run on this Engine. The others are stale. */
  readonly known: ReadonlySet<string>;
}

/** Whether a recording is that of another Engine. */
export function isVariant(recording: LessonRecording): recording is Variant {
  return 'reference' in recording;
}

/** Folder of the files of a step, relative to the recordings folder. */
export function stepFolder(recording: LessonRecording, step: string): string {
  const { id } = recording.lesson;
  return isVariant(recording) && recording.differs.has(step)
    ? variantFolder(id, recording.engine)
    : id;
}

/**
 * Reads what other Engines print in a lesson, the newest Engine first, without those with which the
 * lesson was never recorded.
 */
export async function readVariants(
  reference: LessonRecording,
  recordings: string,
): Promise<Variant[]> {
  const recorded = readEngines(recordings).filter(
    ({ name }) => filesIn(recordings, variantFolder(reference.lesson.id, name)).length > 0,
  );
  return Promise.all(recorded.map(({ name }) => readVariant(reference, name, recordings)));
}

/**
 * Reads what another Engine prints in a lesson. A step is stale if the lesson has changed, or if
 * the reference Engine no longer prints what both printed; what was never run on this Engine has
 * the reference Engine's recording, and is stale, too.
 */
export async function readVariant(
  reference: LessonRecording,
  engine: string,
  recordings: string,
): Promise<Variant> {
  const { lesson, hashes } = reference;
  const folder = variantFolder(lesson.id, engine);
  const { proof: own, unreadable } = readProofOf(recordings, folder, parseVariant);
  const steps = new Map<string, StepRecording>();
  const differs = new Set<string>();
  const proofs: Record<string, StepProof> = {};
  for (const step of stepsOf(lesson)) {
    const { id } = step;
    const entry = own?.steps[id];
    if (entry !== undefined && !isSameStep(entry)) {
      differs.add(id);
      proofs[id] = entry;
      steps.set(id, readStep(folder, step, entry, hashes.get(id), recordings));
      continue;
    }
    const shared = reference.steps.get(id);
    if (shared !== undefined && 'proof' in shared && unreadable === undefined) {
      proofs[id] = shared.proof;
      const isSame =
        entry !== undefined &&
        entry.source === hashes.get(id) &&
        entry.same === (await comparedHash(shared.screen, lessonMasks(lesson)));
      const isRecorded = isSame && shared.state === 'recorded';
      steps.set(id, { ...shared, state: isRecorded ? 'recorded' : 'stale' } satisfies RecordedStep);
      continue;
    }
    steps.set(id, withoutProof(folder, step, unreadable));
  }
  return {
    lesson,
    hashes,
    engine,
    reference,
    own,
    differs,
    known: new Set(Object.keys(own?.steps ?? {})),
    proof: own && reference.proof && composedProof(reference.proof, own, proofs),
    ...(unreadable !== undefined && { unreadable }),
    steps,
    leftOver: leftOver(reference, own, folder, differs, recordings),
  };
}

function leftOver(
  { lesson, hashes }: LessonRecording,
  proof: VariantProof | undefined,
  folder: string,
  differs: ReadonlySet<string>,
  recordings: string,
): string[] {
  const known = new Set([
    `${folder}/proof.json`,
    ...stepsOf(lesson).flatMap((step) => (differs.has(step.id) ? stepFiles(folder, step) : [])),
  ]);
  const files = filesIn(recordings, folder).filter((path) => !known.has(path));
  return withEntries(folder, files, Object.keys(proof?.steps ?? {}), hashes);
}
