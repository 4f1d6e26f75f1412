import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ID_SOURCE } from '../../src/core/lesson/id.ts';
import { git } from './git.ts';

/** What a patch may touch: one kind of file that a run of ours writes. */
export interface Scope {
  /** Folder or files, as git takes them. */
  readonly paths: readonly string[];
  /** All of a path. */
  readonly allowed: RegExp;
  /** All of the path of a file that may only be removed. */
  readonly removable?: RegExp;
}

/** The recordings of lessons. */
export const RECORDINGS: Scope = {
  paths: ['recordings'],
  allowed: new RegExp(`^recordings/${ID_SOURCE}/(?:${ID_SOURCE}\\.(?:cast|txt|png)|proof\\.json)$`),
  // A recorder writes none: it goes with the recordings of a lesson that is renamed or removed.
  removable: new RegExp(`^recordings/${ID_SOURCE}/browser\\.json$`),
};

/** Which lab image is published, and which versions are in it. */
export const LAB_LOCKS: Scope = {
  paths: ['scripts/lab/images'],
  allowed: /^scripts\/lab\/images\/[a-z]+\/(?:lock|published)\.json$/,
};

/** A patch holds what it must not: it was not applied. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
}

/**
 * What in the working folder differs from its commit, new files included, as a patch; empty if nothing
 * does. The index stays as it is.
 */
export async function makePatch(folder: string, { paths }: Scope): Promise<string> {
  const own = await mkdtemp(join(tmpdir(), 'you-like-docker-index-'));
  const env = { GIT_INDEX_FILE: join(own, 'index') };
  try {
    await git(folder, ['read-tree', 'HEAD'], env);
    await git(folder, ['add', '--all', '--', ...paths], env);
    const diff = ['diff', '--cached', '--binary', '--full-index', '--no-renames', '--no-ext-diff'];
    return await git(folder, [...diff, 'HEAD', '--', ...paths], env);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/**
 * Applies a patch to folder and index. It may come from a run of a stranger's lessons, so it is read first:
 * it may touch the files of its scope alone, as ordinary files.
 * @throws {PatchError} if it touches anything else; then nothing was changed.
 * @throws {GitError} if it does not fit.
 * @returns the paths that it touches.
 */
export async function applyPatch(folder: string, file: string, scope: Scope): Promise<string[]> {
  const paths = await pathsOf(folder, file);
  const summary = (await git(folder, ['apply', '--summary', file])).split('\n');
  const isSaid = (what: string, path: string) => summary.includes(` ${what} mode 100644 ${path}`);
  // A patch may remove a file and write it anew.
  const isRemoved = (path: string) => isSaid('delete', path) && !isSaid('create', path);
  const stranger = paths.find(
    (path) =>
      !scope.allowed.test(path) && !(scope.removable?.test(path) === true && isRemoved(path)),
  );
  if (stranger !== undefined) throw new PatchError(`the patch touches ${JSON.stringify(stranger)}`);
  const modes = summary.filter(
    (line) => line !== '' && !/^ (?:create|delete) mode 100644 /.test(line),
  );
  if (modes.length > 0) throw new PatchError(`the patch does more than write files:${modes[0]}`);
  await git(folder, ['apply', '--index', file]);
  return paths;
}

/** The lessons whose recordings a patch touches, by its paths. */
export function lessonsIn(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => path.split('/')[1] ?? ''))].sort();
}

/** The paths that a patch touches. */
export async function pathsOf(folder: string, file: string): Promise<string[]> {
  return (await git(folder, ['apply', '--numstat', '-z', file]))
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^[^\t]*\t[^\t]*\t/, ''));
}
