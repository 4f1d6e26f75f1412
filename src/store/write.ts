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
import { basename, dirname, join } from 'node:path';
import { recordingPaths } from '../core/recording/paths.ts';
import type { BrowserResult } from '../core/run/browser-result.ts';
import { isAbandoned, withLock } from '../process/lock.ts';
import { pidOf } from '../process/owner.ts';
import { asWriteError, WriteError } from './write-error.ts';

/** Files of a lesson's folder, by name. */
export type LessonFiles = ReadonlyMap<string, string | Uint8Array>;

/** Replaces the files of lessons, and removes the folders of others: all of it, or nothing. */
export type Replace = (lessons: ReadonlyMap<string, LessonFiles>, gone: readonly string[]) => void;

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
      return work((lessons, gone) => writing(places, () => replace(places, lessons, gone)));
    });
  } catch (error) {
    throw state.locked ? error : asWriteError(error, dirname(places.recordings));
  }
}

/**
 * The files of a lesson's recordings, by name.
 * @returns undefined if there are none
 */
export function filesOf(recordings: string, lesson: string): LessonFiles | undefined {
  const folder = join(recordings, lesson);
  if (!existsSync(folder)) return undefined;
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
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
    const files = new Map([...(filesOf(recordings, lesson) ?? []), [name, text] as const]);
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
 * The new folders are made in `staging/new`. Then each takes the place of the old one, which is kept in
 * `staging/old` until all are there: as long as that exists everything can be put back, also after a kill.
 */
function replace(
  places: Places,
  lessons: ReadonlyMap<string, LessonFiles>,
  gone: readonly string[],
): void {
  if (lessons.size === 0 && gone.length === 0) return;
  const { recordings, staging } = places;
  const [fresh, old] = [join(staging, 'new'), join(staging, 'old')];
  try {
    for (const folder of [fresh, old]) mkdirSync(folder, { recursive: true });
    for (const [lesson, files] of lessons) {
      mkdirSync(join(fresh, lesson));
      for (const [name, content] of files)
        writeFileSync(join(fresh, lesson, name), content, { flush: true });
    }
    mkdirSync(recordings, { recursive: true });
    for (const lesson of [...lessons.keys(), ...gone]) {
      const current = join(recordings, lesson);
      // An empty folder stands for one that was not there.
      if (existsSync(current)) renameSync(current, join(old, lesson));
      else mkdirSync(join(old, lesson));
      if (lessons.has(lesson)) renameSync(join(fresh, lesson), current);
    }
    renameSync(old, join(staging, 'replaced'));
  } catch (error) {
    rollBack(places);
    throw error;
  }
  rmSync(staging, { recursive: true, force: true });
}

function rollBack({ recordings, staging }: Places): void {
  const old = join(staging, 'old');
  for (const lesson of existsSync(old) ? readdirSync(old) : []) {
    const current = join(recordings, lesson);
    if (existsSync(current)) {
      const discarded = join(staging, 'discarded');
      rmSync(discarded, { recursive: true, force: true });
      renameSync(current, discarded);
    }
    if (readdirSync(join(old, lesson)).length === 0) rmdirSync(join(old, lesson));
    else renameSync(join(old, lesson), current);
  }
  rmSync(staging, { recursive: true, force: true });
}
