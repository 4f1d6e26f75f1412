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
import { asWriteError, WriteError } from './write-error.ts';

/** Files of a lesson's folder, by name. */
export type LessonFiles = ReadonlyMap<string, string | Uint8Array>;

/** The files of a lesson's folder as they are; undefined if there is none. */
export function lessonFiles(
  recordings: string,
  lesson: string,
): ReadonlyMap<string, Buffer> | undefined {
  const folder = join(recordings, lesson);
  if (!existsSync(folder)) return undefined;
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

/**
 * What things become: the folders of lessons in the recordings, by id, and the texts of other files
 * on the same file system, by absolute path.
 */
export type Contents = ReadonlyMap<string, LessonFiles | string>;

/** Replaces folders and files, and removes others: all of it, or nothing. */
export type Replace = (contents: Contents, gone: readonly string[]) => void;

/** File of the staging folder that names what is replaced, in the order of `old`. */
const PATHS = 'paths.json';

/** Told what is being waited for. */
type Report = (line: string) => void;

/** What a recorder has beside a recordings folder. */
interface Places {
  readonly recordings: string;
  /** Held by the one recorder that may write. */
  readonly lock: string;
  /** There while files are replaced, and after a recorder was killed at that. */
  readonly staging: string;
}

/**
 * Runs `work` as the only recorder of a recordings folder; `replace` is the only thing that writes to it.
 * @throws {WriteError} if the folder cannot be written
 */
export async function withRecordings<T>(
  recordings: string,
  report: Report,
  signal: AbortSignal,
  work: (replace: Replace) => Promise<T>,
): Promise<T> {
  const places = placesOf(recordings);
  const waiting = (holder: string) =>
    report(`waiting for another recorder (process ${pidOf(holder)}) to finish`);
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
 * Writes which steps of a lesson run in the browser lab, beside its recordings. A recorder that is
 * at work is waited for: it would put back what it has read.
 * @throws {WriteError} if the folder cannot be written
 */
export async function writeBrowserResult(
  recordings: string,
  lesson: string,
  result: BrowserResult,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  const name = basename(recordingPaths.browser(lesson));
  await withRecordings(recordings, report, signal, (replace) => {
    const files: LessonFiles = new Map<string, string | Uint8Array>([
      ...(lessonFiles(recordings, lesson) ?? []),
      [name, text],
    ]);
    replace(new Map([[lesson, files]]), []);
    return Promise.resolve();
  });
}

/** Puts back what a recorder that was killed had half replaced. */
export async function mendRecordings(
  recordings: string,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const { lock, staging } = placesOf(recordings);
  if (existsSync(staging) || (await isAbandoned(lock)))
    await withRecordings(recordings, report, signal, () => Promise.resolve());
}

function placesOf(path: string): Places {
  // Where it is a link the files are replaced beside what it leads to.
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

/** A folder can only be moved within its file system. */
function requireOneFileSystem({ recordings }: Places): void {
  if (!existsSync(recordings)) return;
  if (!statSync(recordings).isDirectory())
    throw new WriteError(`${recordings} is no folder`, 'name one with --recordings DIR');
  if (statSync(recordings).dev !== statSync(dirname(recordings)).dev)
    throw new WriteError(
      `${recordings} is a file system of its own: its folders cannot be replaced in one step`,
      `name a folder in it: --recordings ${join(recordings, 'recordings')}`,
    );
}

/**
 * All that is new is made in `staging/new`. Then each takes the place of the old one, which is kept
 * in `staging/old` until all are there: as long as that exists everything can be put back, also
 * after a kill.
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
      // An empty folder stands for what was not there.
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
  for (const [name, text] of content) writeFileSync(join(path, name), text, { flush: true });
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
