import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stepsOf, type Lesson } from '../../src/lesson/model.ts';
import { parseCast } from '../../src/recording/cast.ts';
import { recordingPaths } from '../../src/recording/paths.ts';
import { parseProof, type Proof, type StepProof } from '../../src/recording/proof.ts';
import { sourceHashes } from '../../src/recording/source-hash.ts';
import { hashOf } from './picture.ts';

/** What is recorded of one step. */
export interface CommittedStep {
  readonly proof: StepProof;
  readonly cast: string;
  readonly screen: string;
  readonly picture?: Uint8Array;
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
  /** Which of its steps run in the browser lab, as `npm run vm -- --try` has found; the recorder keeps it as it is. */
  readonly browser?: string;
  /** Files in the lesson's folder, and entries of its proof, that belong to no step. */
  readonly leftOver: readonly string[];
}

/** A recording that was cut, or that a merge has left its marks in, is as good as none. */
function isWhole(cast: string, screen: string, { commands }: StepProof): boolean {
  const lines = screen.split('\n').length - 1;
  if (commands.some(({ shown }) => shown !== null && shown.to > lines)) return false;
  try {
    return parseCast(cast).events.at(-1)?.[1] === 'x';
  } catch {
    return false;
  }
}

/** Reads what is recorded of a lesson and compares it with the lesson's source. */
export async function readCommitted(lesson: Lesson, recordings: string): Promise<Committed> {
  const proof = readProof(join(recordings, recordingPaths.proof(lesson.id)));
  const browser = read(join(recordings, recordingPaths.browser(lesson.id)));
  const hashes = await sourceHashes(lesson);
  const steps = new Map<string, CommittedStep>();
  const pending = new Map<string, 'missing' | 'stale'>();
  for (const { id, options } of stepsOf(lesson)) {
    const cast = read(join(recordings, recordingPaths.cast(lesson.id, id)));
    const screen = read(join(recordings, recordingPaths.screen(lesson.id, id)));
    const stepProof = proof?.steps[id];
    const picture = options.picture && readPicture(lesson, id, recordings, stepProof);
    const isComplete = cast !== undefined && screen !== undefined && picture !== 'missing';
    if (stepProof === undefined || !isComplete || !isWhole(cast, screen, stepProof)) {
      pending.set(id, 'missing');
      continue;
    }
    steps.set(id, { proof: stepProof, cast, screen, ...(picture && { picture }) });
    if (stepProof.source !== hashes.get(id)) pending.set(id, 'stale');
  }
  const files = leftOver(lesson, recordings);
  return {
    lesson,
    ...(proof && { proof }),
    ...(browser !== undefined && { browser }),
    steps,
    hashes,
    pending,
    leftOver: [...files, ...entriesLeftOver(proof, hashes, files)],
  };
}

/** Folders of recordings that belong to no lesson, by name. A folder without a proof is none of recordings. */
export function orphans(lessons: readonly Lesson[], recordings: string): string[] {
  if (!existsSync(recordings)) return [];
  const known = new Set(lessons.map(({ id }) => id));
  return readdirSync(recordings, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !known.has(entry.name))
    .map((entry) => entry.name)
    .filter((name) => existsSync(join(recordings, recordingPaths.proof(name))))
    .sort();
}

function leftOver(lesson: Lesson, recordings: string): string[] {
  const folder = join(recordings, lesson.id);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const paths = stepsOf(lesson).flatMap(({ id, options }) => [
    recordingPaths.cast(lesson.id, id),
    recordingPaths.screen(lesson.id, id),
    ...(options.picture === undefined ? [] : [recordingPaths.picture(lesson.id, id)]),
  ]);
  const known = new Set([
    ...paths,
    recordingPaths.proof(lesson.id),
    recordingPaths.browser(lesson.id),
  ]);
  return readdirSync(folder).filter((name) => !known.has(`${lesson.id}/${name}`));
}

/** Entries of the proof for steps that are no more, and of which nobody has left a file that tells as much. */
function entriesLeftOver(
  proof: Proof | undefined,
  hashes: ReadonlyMap<string, string>,
  files: readonly string[],
): string[] {
  return Object.keys(proof?.steps ?? {})
    .filter((id) => !hashes.has(id) && !files.some((name) => name.startsWith(`${id}.`)))
    .map((id) => `proof.json, ${id}`);
}

/** A picture that is not the one of the proof is as good as none. */
function readPicture(
  lesson: Lesson,
  step: string,
  recordings: string,
  proof: StepProof | undefined,
): Uint8Array | 'missing' {
  const path = join(recordings, recordingPaths.picture(lesson.id, step));
  const bytes = existsSync(path) ? readFileSync(path) : undefined;
  return bytes !== undefined && proof?.picture?.sha256 === hashOf(bytes) ? bytes : 'missing';
}

function read(path: string): string | undefined {
  // A folder of that name is none of ours.
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? readFileSync(path, 'utf8') : undefined;
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
