import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RELEASE_FILE } from '../../src/browser-lab/format/release.ts';
import { ID_SOURCE } from '../../src/core/lesson/id.ts';
import { CiError } from './error.ts';
import { git } from './git.ts';

/** The files that a patch may touch. */
export interface Scope {
  /** Folders or files, as arguments of git. */
  readonly paths: readonly string[];
  /** Matches the whole path of a file that may be written or removed. */
  readonly allowed: RegExp;
  /** Matches the whole path of a file that may only be removed. */
  readonly removable?: RegExp;
}

/** Matches the path of a recording: of the reference Engine, or of another one. */
const RECORDING = `recordings/${ID_SOURCE}/(?:engines/\\d+/)?(?:${ID_SOURCE}\\.(?:cast|txt|png)|proof\\.json)`;

export const RECORDINGS: Scope = {
  paths: ['recordings'],
  allowed: new RegExp(`^${RECORDING}$`),
  // `record` does not write this file, but it is removed when a lesson is renamed or removed.
  removable: new RegExp(`^recordings/${ID_SOURCE}/browser\\.json$`),
};

/** The recordings, and the list of the Engines that have variants. */
export const ENGINE_RECORDINGS: Scope = {
  ...RECORDINGS,
  allowed: new RegExp(`^(?:${RECORDING}|recordings/engines\\.json)$`),
};

/** The files that name the published lab image and the versions in it. */
export const LAB_LOCKS: Scope = {
  paths: ['scripts/lab/images'],
  allowed: /^scripts\/lab\/images\/[a-z]+\/(?:lock|published)\.json$/,
};

/** The file that names the browser lab of the last release. */
export const LAST_RELEASE: Scope = {
  paths: [RELEASE_FILE],
  allowed: new RegExp(`^${RELEASE_FILE.replaceAll('.', '\\.')}$`),
};

/**
 * The differences between the working folder and its commit, including new files, as a patch; empty
 * if there are none. The index is not changed.
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
 * Applies a patch to the working folder and the index. The patch may come from a run of untrusted
 * lessons, so it is checked first: it may only touch regular files in its scope.
 * @throws {CiError} if it touches other files, or does not apply; then nothing is changed
 * @returns the paths that it touches.
 */
export async function applyPatch(folder: string, file: string, scope: Scope): Promise<string[]> {
  const paths = await pathsOf(folder, file);
  const summary = (await git(folder, ['apply', '--summary', file])).split('\n');
  const does = (what: string, path: string) => summary.includes(` ${what} mode 100644 ${path}`);
  // A patch may both remove and create the same file.
  const isRemoved = (path: string) => does('delete', path) && !does('create', path);
  const outside = paths.find(
    (path) =>
      !scope.allowed.test(path) && !(scope.removable?.test(path) === true && isRemoved(path)),
  );
  if (outside !== undefined) throw new CiError(`the patch touches ${JSON.stringify(outside)}`);
  const modes = summary.filter(
    (line) => line !== '' && !/^ (?:create|delete) mode 100644 /.test(line),
  );
  if (modes.length > 0)
    throw new CiError(`the patch does more than write regular files:${modes[0]}`);
  await git(folder, ['apply', '--index', file]);
  return paths;
}

/** The lessons whose recordings a patch touches, by its paths. */
export function lessonsIn(paths: readonly string[]): string[] {
  return [
    ...new Set(paths.flatMap((path) => /^recordings\/([^/]+)\//.exec(path)?.[1] ?? [])),
  ].sort();
}

export async function pathsOf(folder: string, file: string): Promise<string[]> {
  return (await git(folder, ['apply', '--numstat', '-z', file]))
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^[^\t]*\t[^\t]*\t/, ''));
}
