import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Lesson } from '../../src/core/lesson/model.ts';
import { foldersOf, STORED } from '../../src/store/folders.ts';
import { readRecording } from '../../src/store/recordings.ts';

/** From what the files were made. Nothing of it is the time of making: the same commit gives the same files. */
export interface Facts {
  /** Day of the newest recording, `YYYY-MM-DD`. */
  readonly date: string;
  /** Versions of the Docker Engine that recorded the lessons; one, as a rule. */
  readonly engines: readonly string[];
  /** Commit of the project; undefined outside of a repository. */
  readonly commit: string | undefined;
}

/** Folders and files that a file for download is made from. */
const SOURCES = [...STORED, 'src', 'scripts', 'package-lock.json'];

/**
 * Reads what recorded the lessons, and the commit of the project (COMMIT, if that is set: a release knows its own).
 * @param root folder of the project
 */
export async function readFacts(root: string, lessons: readonly Lesson[]): Promise<Facts> {
  const { recordings } = foldersOf(root);
  const read = await Promise.all(lessons.map((lesson) => readRecording(lesson, recordings)));
  const proofs = read.flatMap(({ proof }) => proof ?? []);
  const dates = proofs.map(({ recorded }) => recorded).sort();
  return {
    date: dates.at(-1) ?? '1980-01-01',
    engines: [...new Set(proofs.map(({ lab }) => lab.engine))].sort(),
    commit: process.env['COMMIT'] ?? (await commitOf(root)),
  };
}

async function commitOf(root: string): Promise<string | undefined> {
  try {
    const commit = await git(root, ['rev-parse', '--short=10', 'HEAD']);
    const changes = await git(root, ['status', '--porcelain', '--', ...SOURCES]);
    return changes === '' ? commit : `${commit} with changes`;
  } catch {
    return undefined;
  }
}

async function git(root: string, args: readonly string[]): Promise<string> {
  // A folder inside of another repository is no commit of that one.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: join(root, '..') };
  const { stdout } = await promisify(execFile)('git', [...args], { cwd: root, env });
  return stdout.trim();
}

/** The facts in a line, as each file says them. */
export function factsLine({ date, engines, commit }: Facts): string {
  const from = commit === undefined ? '' : `, commit ${commit}`;
  return `Recorded on ${longDay(date)} by Docker Engine ${engines.join(', ')}${from}`;
}

/** `2026-11-24` as `24 November 2026`. */
export function longDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(day),
  );
}
