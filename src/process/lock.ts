import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGone, newFileName, ownerInFileName, self, type Owner } from './owner.ts';

/**
 * Runs `work` while holding a lock that excludes other processes. A lock whose owner was killed is
 * taken over.
 * @param file path of the lock file, which names the owner while the lock is held
 * @param waiting called once, with the holder, if another process holds the lock
 * @param signal aborts the waiting, not the work
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
    for (let reported = false; !(await take(mine, file));) {
      signal?.throwIfAborted();
      if (!reported) waiting(await readFile(file, 'utf8').catch(() => ''));
      reported = true;
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

/** Creates the lock and its content atomically; fails if the lock exists. */
async function take(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await breakIfAbandoned(file)) && take(mine, file);
  }
}

/** @returns whether the lock was abandoned; if so, it is now removed or held by another process */
async function breakIfAbandoned(file: string): Promise<boolean> {
  if (!(await isAbandoned(file))) return false;
  // If several processes saw it abandoned, only one can move it. If it was replaced in the
  // meantime, put it back.
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

/** A name for a temporary file. */
function nameBeside(file: string): string {
  return `${file}.${newFileName()}`;
}

/** Removes the files of processes that were killed while they waited for the lock. */
async function removeAbandonedBeside(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder))
    if (name.startsWith(`${basename(file)}.`) && isGone(ownerInFileName(name)))
      await rm(join(folder, name), { force: true });
}

/** Whether the lock exists and its owner was killed. */
export async function isAbandoned(file: string): Promise<boolean> {
  try {
    return isGone(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
