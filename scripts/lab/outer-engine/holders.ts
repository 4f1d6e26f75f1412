import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, newFileName, ownerInFileName } from '../../../src/process/owner.ts';

/**
 * The processes that use a shared resource: a folder with an empty file for each use, whose name
 * identifies the process.
 */
export interface Holders {
  /** Registers a use by this process. @returns a function that removes it */
  add(): Promise<() => Promise<void>>;
  /** Whether any process uses it. Files of processes that were killed are removed. */
  any(): Promise<boolean>;
}

/** Not safe for concurrent use: call its methods only under a lock. */
export function holdersIn(folder: string): Holders {
  return {
    add: async () => {
      await mkdir(folder, { recursive: true });
      const file = join(folder, newFileName());
      await writeFile(file, '');
      return () => rm(file, { force: true });
    },
    any: async () => {
      const names = await readdir(folder).catch(() => []);
      const left = names.filter(isLeft);
      await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
      return left.length < names.length;
    },
  };
}

/**
 * Whether a file is from a process that was killed, or an unknown file that nothing would remove.
 */
function isLeft(name: string): boolean {
  const owner = ownerInFileName(name);
  return owner === '' || isGone(owner);
}
