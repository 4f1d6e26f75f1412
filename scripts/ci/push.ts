import { git } from './git.ts';
import { applyPatch, lessonsIn, RECORDINGS, type Scope } from './patch.ts';

/** How many lessons a commit's first line names. */
const NAMED = 4;

/**
 * Puts recordings on the branch of a pull request, as one commit. A branch that has moved meanwhile is left
 * alone: its newer commit has a run of its own.
 * @param folder a checkout of the branch, whose `origin` may be pushed to
 * @returns the commit
 * @throws {PatchError} if the patch touches anything but recordings
 * @throws {GitError} if it does not fit, or the branch has moved
 */
export async function pushRecordings(
  folder: string,
  patch: string,
  branch: string,
): Promise<string> {
  const to = await requireBranch(folder, branch);
  const paths = await applyPatch(folder, patch, RECORDINGS);
  await commit(folder, `Recordings of ${listed(lessonsIn(paths))}`);
  await git(folder, ['push', '--quiet', 'origin', `HEAD:${to}`]);
  return (await git(folder, ['rev-parse', 'HEAD'])).trim();
}

/** A commit that CI proposes on a branch of its own. */
export interface Proposal {
  readonly branch: string;
  readonly patch: string;
  readonly scope: Scope;
  /** What the commit says; asked when the patch is applied. */
  readonly message: (paths: readonly string[]) => string | Promise<string>;
}

/**
 * Makes a branch that is one commit ahead of what is checked out, and puts it in the place of an earlier one
 * of that name; one that holds the same already stays as it is.
 * @returns what the commit says
 * @throws {PatchError} if the patch touches anything beside its scope
 */
export async function pushBranch(
  folder: string,
  { patch, scope, branch, message }: Proposal,
): Promise<string> {
  const to = await requireBranch(folder, branch);
  const base = (await git(folder, ['rev-parse', 'HEAD'])).trim();
  const said = await message(await applyPatch(folder, patch, scope));
  await commit(folder, said);
  try {
    const earlier = await earlierBranch(folder, to);
    // Told what stood there, git replaces nothing else.
    const lease = `--force-with-lease=${to}:${earlier ?? ''}`;
    if (earlier === undefined || !(await isSameAs(folder, earlier)))
      await git(folder, ['push', '--quiet', lease, 'origin', `HEAD:${to}`]);
  } finally {
    await git(folder, ['reset', '--quiet', '--hard', base]);
  }
  return said;
}

/** Removes a branch from where the repository is hosted, if it is there. */
export async function dropBranch(folder: string, branch: string): Promise<void> {
  const to = await requireBranch(folder, branch);
  const earlier = await earlierBranch(folder, to);
  if (earlier !== undefined)
    await git(folder, [
      'push',
      '--quiet',
      `--force-with-lease=${to}:${earlier}`,
      'origin',
      `:${to}`,
    ]);
}

/** `refs/heads/…`, if it is the name of a branch and not something that git would read otherwise. */
async function requireBranch(folder: string, branch: string): Promise<string> {
  const ref = `refs/heads/${branch}`;
  await git(folder, ['check-ref-format', ref]);
  return ref;
}

async function commit(folder: string, message: string): Promise<void> {
  await git(folder, ['commit', '--quiet', '--no-verify', '-m', message]);
}

async function earlierBranch(folder: string, ref: string): Promise<string | undefined> {
  const line = (await git(folder, ['ls-remote', 'origin', ref])).trim();
  return line === '' ? undefined : line.split('\t')[0];
}

/** Whether a commit of the other side holds and says the same as this one, on the same base. */
async function isSameAs(folder: string, other: string): Promise<boolean> {
  await git(folder, ['fetch', '--quiet', 'origin', other]);
  const shape = (name: string) => git(folder, ['show', '--no-patch', '--format=%T %P %B', name]);
  return (await shape(other)) === (await shape('HEAD'));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}
