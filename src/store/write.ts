import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { recordingPaths } from '../core/recording/paths.ts';
import type { BrowserResult } from '../core/run/browser-result.ts';
import { isAbandoned, withLock } from '../process/lock.ts';
import { pidOf } from '../process/owner.ts';
import { filesIn } from './recordings.ts';
import { asWriteError, WriteError } from './write-error.ts';

/** Files of a lesson's folder, by their path in it. */
export type LessonFiles = ReadonlyMap<string, string | Uint8Array>;

/** The current files of a lesson's folder and its subfolders; undefined if there is no folder. */
export function lessonFiles(
  recordings: string,
  lesson: string,
): ReadonlyMap<string, Buffer> | undefined {
  const folder = join(recordings, lesson);
  if (!existsSync(folder)) return undefined;
  return new Map(
    filesIn(recordings, lesson).map((path) => [
      path.slice(lesson.length + 1),
      readFileSync(join(recordings, path)),
    ]),
  );
}

/**
 * New contents: folders of lessons and of their variants, by their path in the recordings folder,
 * and texts of other files on the same file system, by absolute path.
 */
export type Contents = ReadonlyMap<string, LessonFiles | string>;

/**
 * Atomically replaces folders and files and removes others: either all changes are made or none.
 */
export type Replace = (contents: Contents, gone: readonly string[]) => void;

/** File in the staging folder that lists the paths to replace, in the order of `old`. */
const PATHS = 'paths.json';

/** Reports progress, such as what is being waited for. */
type Progress = (line: string) => void;

/** A recordings folder, and the paths that a recorder uses beside it. */
interface Places {
  readonly recordings: string;
  /** Lock file, held by the recorder that may write. */
  readonly lock: string;
  /**
   * Staging folder; exists while files are being replaced, and after a recorder was killed
   * meanwhile.
   */
  readonly staging: string;
}

/**
 * Runs `work` as the only recorder of a recordings folder; only `replace` writes to it.
 * @throws {WriteError} if the folder cannot be written
 */
export async function withRecordings<T>(
  recordings: string,
  progress: Progress,
  signal: AbortSignal,
  work: (replace: Replace) => Promise<T>,
): Promise<T> {
  const places = placesOf(recordings);
  const waiting = (holder: string) =>
    progress(`waiting for another recorder (process ${pidOf(holder)}) to finish`);
  const state = { locked: false };
  try {
    return await withLock(places.lock, waiting, signal, () => {
      state.locked = true;
      writing(places, () => {
        requireOneFileSystem(places);
        rollBack(places);
      });
      return work((contents, gone) => writing(places, () => replace(places, contents, gone)));
    });
  } catch (error) {
    throw state.locked ? error : asWriteError(error, dirname(places.recordings));
  }
}

/**
 * Writes which steps of a lesson run in the browser lab, beside its recordings. Waits for any
 * running recorder, which would otherwise overwrite the result with what it has read.
 * @throws {WriteError} if the folder cannot be written
 */
export async function writeBrowserResult(
  recordings: string,
  lesson: string,
  result: BrowserResult,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  const name = basename(recordingPaths.browser(lesson));
  await withRecordings(recordings, progress, signal, (replace) => {
    const files: LessonFiles = new Map<string, string | Uint8Array>([
      ...(lessonFiles(recordings, lesson) ?? []),
      [name, text],
    ]);
    replace(new Map([[lesson, files]]), []);
    return Promise.resolve();
  });
}

/** Rolls back the partial changes of a recorder that was killed. */
export async function recoverRecordings(
  recordings: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { lock, staging } = placesOf(recordings);
  if (existsSync(staging) || (await isAbandoned(lock)))
    await withRecordings(recordings, progress, signal, () => Promise.resolve());
}

function placesOf(path: string): Places {
  // If the folder is a link, files are replaced beside its target.
  const recordings = existsSync(path) ? realpathSync(path) : path;
  const beside = (name: string) => join(dirname(recordings), `.${basename(recordings)}${name}`);
  return { recordings, lock: beside('.lock'), staging: beside('-staging') };
}

function writing({ recordings }: Places, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw asWriteError(error, dirname(recordings));
  }
}

/**
 * Requires that the recordings folder is on the same file system as its parent, since folders can
 * be moved only within a file system.
 */
function requireOneFileSystem({ recordings }: Places): void {
  if (!existsSync(recordings)) return;
  if (!statSync(recordings).isDirectory())
    throw new WriteError(`${recordings} is not a folder`, 'name one with --recordings DIR');
  if (statSync(recordings).dev !== statSync(dirname(recordings)).dev)
    throw new WriteError(
      `${recordings} is a separate file system: its folders cannot be replaced atomically`,
      `name a folder in it: --recordings ${join(recordings, 'recordings')}`,
    );
}

/**
 * Creates everything new in `staging/new`. Then each new item replaces the old one, which is kept
 * in `staging/old` until all are in place: while that folder exists, everything can be rolled back,
 * even after a kill.
 */
function replace(places: Places, contents: Contents, gone: readonly string[]): void {
  if (contents.size === 0 && gone.length === 0) return;
  const { recordings, staging } = places;
  const [fresh, old] = [join(staging, 'new'), join(staging, 'old')];
  const names = [...contents.keys(), ...gone];
  const paths = names.map((name) => resolve(recordings, name));
  try {
    mkdirSync(fresh, { recursive: true });
    writeFileSync(join(staging, PATHS), JSON.stringify(paths), { flush: true });
    mkdirSync(old);
    for (const [index, content] of [...contents.values()].entries())
      write(join(fresh, String(index)), content);
    for (const [index, path] of paths.entries()) {
      mkdirSync(dirname(path), { recursive: true });
      const before = join(old, String(index));
      // An empty folder stands for an item that did not exist.
      if (existsSync(path)) renameSync(path, before);
      else mkdirSync(before);
      if (contents.has(names[index] ?? '')) renameSync(join(fresh, String(index)), path);
    }
    renameSync(old, join(staging, 'replaced'));
  } catch (error) {
    rollBack(places);
    throw error;
  }
  rmSync(staging, { recursive: true, force: true });
}

function write(path: string, content: LessonFiles | string): void {
  if (typeof content === 'string') {
    writeFileSync(path, content, { flush: true });
    return;
  }
  mkdirSync(path);
  for (const [name, text] of content) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flush: true });
  }
}

function rollBack({ staging }: Places): void {
  const old = join(staging, 'old');
  const kept = existsSync(old) ? readdirSync(old) : [];
  const paths =
    kept.length === 0 ? [] : (JSON.parse(readFileSync(join(staging, PATHS), 'utf8')) as string[]);
  for (const index of kept) {
    const [before, path] = [join(old, index), paths[Number(index)]];
    if (path === undefined) continue;
    if (existsSync(path)) {
      const discarded = join(staging, 'discarded');
      rmSync(discarded, { recursive: true, force: true });
      renameSync(path, discarded);
    }
    if (isEmptyFolder(before)) rmdirSync(before);
    else renameSync(before, path);
  }
  rmSync(staging, { recursive: true, force: true });
}

function isEmptyFolder(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}
