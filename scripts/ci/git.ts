import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CiError } from './error.ts';

const run = promisify(execFile);

/** The author of CI's commits: GitHub's account for workflows. */
export const IDENTITY = {
  GIT_AUTHOR_NAME: 'github-actions[bot]',
  GIT_AUTHOR_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
  GIT_COMMITTER_NAME: 'github-actions[bot]',
  GIT_COMMITTER_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
};

/**
 * Runs git in a folder, without a shell, so that no argument is interpreted as a command.
 * @returns what git printed, unchanged
 * @throws {CiError} with what git printed, if it fails
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
    throw new CiError(`git ${args[0] ?? ''}: ${said ?? String(error)}`, { cause: error });
  }
}
