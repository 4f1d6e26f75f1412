import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The author of CI's commits: GitHub's account for workflows. */
const IDENTITY = {
  GIT_AUTHOR_NAME: 'github-actions[bot]',
  GIT_AUTHOR_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
  GIT_COMMITTER_NAME: 'github-actions[bot]',
  GIT_COMMITTER_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** A git command failed; the message is what git printed. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/**
 * Runs git in a folder, without a shell, so that no argument is interpreted as a command.
 * @returns what git printed, unchanged
 * @throws {GitError}
 */
export async function git(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const { stdout } = await run('git', [...args], {
      cwd: folder,
      env: { ...process.env, ...IDENTITY, ...env },
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim();
    throw new GitError(`git ${args[0] ?? ''}: ${said ?? String(error)}`, { cause: error });
  }
}

/** Whether a git command ends with 0. */
export function gitSucceeds(folder: string, args: readonly string[]): Promise<boolean> {
  return git(folder, args).then(
    () => true,
    () => false,
  );
}
