import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGone, newFileName, ownerInFileName, self, type Owner } from './owner.ts';

/**
 * Runs `work` while no other process of this user runs one under the same lock.
 * A lock whose owner was killed is taken over.
 * @param file path of the lock; names its owner while held.
 * @param waiting called once if somebody else holds it, with who that is.
 * @param signal ends the waiting (not the work).
 */
export async function withLock<T>(
  file: string,
  waiting: (holder: Owner) => void,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const mine = nameBeside(file);
  try {
    await writeFile(mine, self());
    for (let told = false; !(await take(mine, file));) {
      signal?.throwIfAborted();
      if (!told) waiting(await readFile(file, 'utf8').catch(() => ''));
      told = true;
      await sleep(100);
    }
  } finally {
    await rm(mine, { force: true });
  }
  try {
    await removeAbandonedBeside(file);
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Creates the lock with its content in one atomic step, which fails if there is one. */
async function take(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await breakIfAbandoned(file)) && take(mine, file);
  }
}

/** @returns whether it was abandoned: then it is gone now, or somebody else's. */
async function breakIfAbandoned(file: string): Promise<boolean> {
  if (!(await isAbandoned(file))) return false;
  // Of several that saw it abandoned one gets to move it away. Was it replaced meanwhile, put it back.
  const moved = nameBeside(file);
  try {
    await rename(file, moved);
    if (!(await isAbandoned(moved))) await link(moved, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(moved, { force: true });
  }
  return true;
}

/** For a file that only lives for a moment. */
function nameBeside(file: string): string {
  return `${file}.${newFileName()}`;
}

/** What processes that were killed while they waited for a lock have left. */
async function removeAbandonedBeside(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder))
    if (name.startsWith(`${basename(file)}.`) && isGone(ownerInFileName(name)))
      await rm(join(folder, name), { force: true });
}

/** Whether there is a lock and its owner was killed. */
export async function isAbandoned(file: string): Promise<boolean> {
  try {
    return isGone(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
