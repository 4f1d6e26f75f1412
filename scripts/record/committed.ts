import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepsOf, type Lesson } from '../../src/lesson/model.ts';
import { recordingPaths } from '../../src/recording/paths.ts';
import { parseProof, type Proof, type StepProof } from '../../src/recording/proof.ts';
import { sourceHashes } from '../../src/recording/source-hash.ts';

/** What is recorded of one step. */
export interface CommittedStep {
  readonly proof: StepProof;
  readonly cast: string;
  readonly screen: string;
}

/** The recordings of one lesson as they stand, before anything is played. */
export interface Committed {
  readonly lesson: Lesson;
  readonly proof?: Proof;
  /** By step id; absent where a file of the step is. */
  readonly steps: ReadonlyMap<string, CommittedStep>;
  /** Source hash of each step as the lesson is now. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Steps whose recording is missing, or was made from another source. */
  readonly pending: ReadonlyMap<string, 'missing' | 'stale'>;
  /** Files in the lesson's folder that belong to no step. */
  readonly leftOver: readonly string[];
}

/** Reads what is recorded of a lesson and compares it with the lesson's source. */
export async function readCommitted(lesson: Lesson, recordings: string): Promise<Committed> {
  const proof = readProof(join(recordings, recordingPaths.proof(lesson.id)));
  const hashes = await sourceHashes(lesson);
  const steps = new Map<string, CommittedStep>();
  const pending = new Map<string, 'missing' | 'stale'>();
  for (const { id } of stepsOf(lesson)) {
    const cast = read(join(recordings, recordingPaths.cast(lesson.id, id)));
    const screen = read(join(recordings, recordingPaths.screen(lesson.id, id)));
    const stepProof = proof?.steps[id];
    if (stepProof === undefined || cast === undefined || screen === undefined) {
      pending.set(id, 'missing');
      continue;
    }
    steps.set(id, { proof: stepProof, cast, screen });
    if (stepProof.source !== hashes.get(id)) pending.set(id, 'stale');
  }
  return {
    lesson,
    ...(proof && { proof }),
    steps,
    hashes,
    pending,
    leftOver: leftOver(lesson, recordings),
  };
}

/** Folders of recordings that belong to no lesson. */
export function orphans(lessons: readonly Lesson[], recordings: string): string[] {
  if (!existsSync(recordings)) return [];
  const known = new Set(lessons.map(({ id }) => id));
  return readdirSync(recordings, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map((entry) => entry.name);
}

function leftOver(lesson: Lesson, recordings: string): string[] {
  const folder = join(recordings, lesson.id);
  if (!existsSync(folder)) return [];
  const paths = stepsOf(lesson).flatMap(({ id }) => [
    recordingPaths.cast(lesson.id, id),
    recordingPaths.screen(lesson.id, id),
  ]);
  const known = new Set([...paths, recordingPaths.proof(lesson.id)]);
  return readdirSync(folder).filter((name) => !known.has(`${lesson.id}/${name}`));
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** A proof that cannot be read is as good as none: its steps are recorded anew. */
function readProof(path: string): Proof | undefined {
  const text = read(path);
  try {
    return text === undefined ? undefined : parseProof(text);
  } catch {
    return undefined;
  }
}
