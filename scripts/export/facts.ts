import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Lesson } from '../../src/core/lesson/model.ts';
import { foldersOf, STORED } from '../../src/store/folders.ts';
import { readRecording } from '../../src/store/recordings.ts';
import { readVariants } from '../../src/store/variants.ts';

/** What the files were made from, without a build time: the same commit gives the same files. */
export interface Facts {
  /** Date of the newest recording, `YYYY-MM-DD`. */
  readonly date: string;
  /** Versions of the Docker Engines that recorded the lessons. */
  readonly engines: readonly string[];
  /** Commit of the project; undefined outside of a repository. */
  readonly commit: string | undefined;
}

/** Folders and files that the downloads are made from. */
const SOURCES = [...STORED, 'src', 'scripts', 'package-lock.json'];

/**
 * Reads the Engine versions of the recordings and the commit of the project, which a release sets
 * in COMMIT.
 * @param root folder of the project
 */
export async function readFacts(root: string, lessons: readonly Lesson[]): Promise<Facts> {
  const { recordings } = foldersOf(root);
  const read = lessons.map(async (lesson) => {
    const reference = await readRecording(lesson, recordings);
    return [reference, ...(await readVariants(reference, recordings))];
  });
  const proofs = (await Promise.all(read)).flat().flatMap(({ proof }) => proof ?? []);
  const dates = proofs.map(({ recorded }) => recorded).sort();
  return {
    date: dates.at(-1) ?? '1980-01-01',
    engines: [...new Set(proofs.map(({ lab }) => lab.engine))].sort(),
    commit: process.env['COMMIT'] ?? (await commitOf(root)),
  };
}

/** The commit of a project, and whether it has changes; undefined outside of a repository. */
export async function commitOf(root: string): Promise<string | undefined> {
  try {
    const commit = await git(root, ['rev-parse', '--short=10', 'HEAD']);
    const changes = await git(root, ['status', '--porcelain', '--', ...SOURCES]);
    return changes === '' ? commit : `${commit} with changes`;
  } catch {
    return undefined;
  }
}

async function git(root: string, args: readonly string[]): Promise<string> {
  // Do not use the commit of another repository that contains this folder.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: join(root, '..') };
  const { stdout } = await promisify(execFile)('git', [...args], { cwd: root, env });
  return stdout.trim();
}

/** The facts as one line, as printed in each file. */
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
