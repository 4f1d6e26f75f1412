import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, newFileName, ownerInFileName } from '../../../src/process/owner.ts';

/** Who uses something that is shared between processes: a folder with an empty file for each use, whose name tells who. */
export interface Holders {
  /** Notes one more use by this process. @returns what takes the note away. */
  add(): Promise<() => Promise<void>>;
  /** Whether anybody uses it. Notes of processes that were killed are removed. */
  any(): Promise<boolean>;
}

/** Not safe against others by itself: ask only under a lock. */
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

/** Of a process that was killed; or not a note at all: then nobody would ever take it away. */
function isLeft(name: string): boolean {
  const owner = ownerInFileName(name);
  return owner === '' || isGone(owner);
}
