import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, self } from '../owner.ts';

/** Who uses something that is shared between processes: a folder with a file for each use. */
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
      const file = join(folder, randomBytes(6).toString('hex'));
      await writeFile(file, self());
      return () => rm(file, { force: true });
    },
    any: async () => {
      const names = await readdir(folder).catch(() => []);
      const alive = await Promise.all(
        names.map(async (name) => {
          const file = join(folder, name);
          if (!isGone(await readFile(file, 'utf8'))) return true;
          await rm(file, { force: true });
          return false;
        }),
      );
      return alive.includes(true);
    },
  };
}
