import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { stepsOf, type Lesson } from '../core/lesson/model.ts';
import { examine } from '../core/recording/damage.ts';
import { recordingPaths } from '../core/recording/paths.ts';
import { parseProof, type Proof, type StepProof } from '../core/recording/proof.ts';
import { sourceHashes } from '../core/recording/source-hash.ts';
import { hashOf } from '../../scripts/recorder/run/picture.ts';

/** What is recorded of one step. */
export interface CommittedStep {
  readonly proof: StepProof;
  readonly cast: string;
  readonly screen: string;
  readonly picture?: Uint8Array;
}

/** Why a step has no recording of its present source. */
export type PendingState = 'missing' | 'stale' | 'damaged';

/** The recordings of one lesson as they stand, before anything is played. */
export interface Committed {
  readonly lesson: Lesson;
  readonly proof?: Proof;
  /** By step id; absent where a file of the step is. */
  readonly steps: ReadonlyMap<string, CommittedStep>;
  /** Source hash of each step as the lesson is now. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Steps whose recording is missing or damaged, or was made from another source. */
  readonly pending: ReadonlyMap<string, PendingState>;
  /** Of each that is damaged, by step id: which file, and what is wrong with it. */
  readonly damage: ReadonlyMap<string, string>;
  /** Which of its steps run in the browser lab, as `npm run vm -- --try` has found; the recorder keeps it as it is. */
  readonly browser?: string;
  /** Files in the lesson's folder, and entries of its proof, that belong to no step. */
  readonly leftOver: readonly string[];
}

/** Reads what is recorded of a lesson and compares it with the lesson's source. */
export async function readCommitted(lesson: Lesson, recordings: string): Promise<Committed> {
  const { proof, unreadable } = readProof(recordings, lesson.id);
  const browser = read(join(recordings, recordingPaths.browser(lesson.id)));
  const hashes = await sourceHashes(lesson);
  const steps = new Map<string, CommittedStep>();
  const pending = new Map<string, PendingState>();
  const damage = new Map<string, string>();
  for (const { id, options } of stepsOf(lesson)) {
    const stepProof = proof?.steps[id];
    if (stepProof === undefined) {
      pending.set(id, unreadable === undefined ? 'missing' : 'damaged');
      if (unreadable !== undefined) damage.set(id, unreadable);
      continue;
    }
    const cast = read(join(recordings, recordingPaths.cast(lesson.id, id)));
    const screen = read(join(recordings, recordingPaths.screen(lesson.id, id)));
    const picture =
      options.picture === undefined ? undefined : readPicture(lesson.id, id, recordings);
    const pictured = picture && { picture: { sha256: picture.bytes && hashOf(picture.bytes) } };
    const examined = examine(lesson.id, id, { cast, screen, ...pictured }, stepProof);
    if (examined.state === 'damaged') {
      pending.set(id, 'damaged');
      damage.set(id, examined.found);
      continue;
    }
    const bytes = picture?.bytes;
    steps.set(id, { proof: stepProof, ...examined.text, ...(bytes && { picture: bytes }) });
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
    damage,
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

function readPicture(
  lesson: string,
  step: string,
  recordings: string,
): { readonly bytes: Uint8Array | undefined } {
  const path = join(recordings, recordingPaths.picture(lesson, step));
  return { bytes: existsSync(path) ? readFileSync(path) : undefined };
}

function read(path: string): string | undefined {
  // A folder of that name is none of ours.
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? readFileSync(path, 'utf8') : undefined;
}

/** An unreadable proof counts as none: its steps are recorded again, and the reason is reported. */
function readProof(
  recordings: string,
  lesson: string,
): { readonly proof?: Proof; readonly unreadable?: string } {
  const path = recordingPaths.proof(lesson);
  const text = read(join(recordings, path));
  try {
    return text === undefined ? {} : { proof: parseProof(text) };
  } catch (error) {
    return { unreadable: `recordings/${path} cannot be read: ${String(error)}` };
  }
}
