import { CiError } from './error.ts';
import { git, IDENTITY } from './git.ts';
import { applyPatch, lessonsIn, RECORDINGS, type Scope } from './patch.ts';

/** Maximum number of lessons in the subject line of a commit. */
const NAMED = 4;

/**
 * Pushes recordings to the branch of a pull request, as one commit. A branch that has moved in the
 * meantime is not changed, because its newer commit has its own run.
 * @param folder a checkout of the branch, with permission to push to `origin`
 * @returns hash of the commit
 * @throws {CiError} if the patch touches anything but recordings, or the branch has moved
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

/** A commit that CI proposes on a separate branch. */
export interface Proposal {
  readonly branch: string;
  readonly patch: string;
  readonly scope: Scope;
  /** Returns the message of the commit; called when the patch has been applied. */
  readonly message: (paths: readonly string[]) => string | Promise<string>;
}

/**
 * Creates a branch that is one commit ahead of the checkout, and pushes it in place of an earlier
 * branch of that name, unless that one already has the same commit.
 * @returns message of the commit
 * @throws {CiError} if the patch touches anything outside its scope, or if somebody has added
 *   commits to the earlier branch
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
    if (earlier !== undefined && earlier.committer !== IDENTITY.GIT_COMMITTER_EMAIL)
      throw new CiError(
        `the branch ${branch} ends with a commit by ${earlier.committer}, which would be lost; ` +
          'merge its pull request, or delete the branch, and run this again',
      );
    if (earlier === undefined || !(await isSameAs(folder, earlier.commit)))
      await git(folder, ['push', '--quiet', leaseOf(to, earlier?.commit), 'origin', `HEAD:${to}`]);
  } finally {
    await git(folder, ['reset', '--quiet', '--hard', base]);
  }
  return said;
}

/** Removes a branch from `origin`, if it exists there and nobody has added commits to it. */
export async function dropBranch(folder: string, branch: string): Promise<void> {
  const to = await requireBranch(folder, branch);
  const earlier = await earlierBranch(folder, to);
  if (earlier?.committer === IDENTITY.GIT_COMMITTER_EMAIL)
    await git(folder, ['push', '--quiet', leaseOf(to, earlier.commit), 'origin', `:${to}`]);
}

/**
 * The full ref of a branch, `refs/heads/…`.
 * @throws {CiError} if the name is not a valid name of a branch
 */
async function requireBranch(folder: string, branch: string): Promise<string> {
  const ref = `refs/heads/${branch}`;
  await git(folder, ['check-ref-format', ref]);
  return ref;
}

/** With a lease on the commit that was found, git replaces no other. */
function leaseOf(ref: string, earlier = ''): string {
  return `--force-with-lease=${ref}:${earlier}`;
}

async function commit(folder: string, message: string): Promise<void> {
  await git(folder, ['commit', '--quiet', '--no-verify', '-m', message]);
}

/** The commit of a branch on `origin`, and the e-mail address of who made it. */
async function earlierBranch(folder: string, ref: string) {
  const line = (await git(folder, ['ls-remote', 'origin', ref])).trim();
  const [commit = ''] = line.split('\t');
  if (commit === '') return undefined;
  await git(folder, ['fetch', '--quiet', 'origin', commit]);
  const committer = (await git(folder, ['show', '--no-patch', '--format=%ce', commit])).trim();
  return { commit, committer };
}

/** Whether a commit on `origin` has the same tree, parent and message as HEAD. */
async function isSameAs(folder: string, other: string): Promise<boolean> {
  const shape = (name: string) => git(folder, ['show', '--no-patch', '--format=%T %P %B', name]);
  return (await shape(other)) === (await shape('HEAD'));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}
