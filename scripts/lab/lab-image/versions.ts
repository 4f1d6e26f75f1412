import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition } from './definition.ts';

/** Versions of the packages in a lab image, by name: Debian's, without the suffix of rebuilds. */
export type Versions = Readonly<Record<string, string>>;

/** The differences between the lock file of a lab image and its versions, in one clause. */
export function differences(locked: Versions, built: Versions): string | undefined {
  const names = [...new Set([...Object.keys(locked), ...Object.keys(built)])];
  const changed = names
    .filter((name) => locked[name] !== built[name])
    .map((name) => `${name} ${locked[name] ?? 'absent'} → ${built[name] ?? 'absent'}`);
  return changed.length > 0 ? changed.join(', ') : undefined;
}

/** The versions in the lock file; empty if there is none. */
export async function readLock(definition: Definition): Promise<Versions> {
  const content = await readFile(lockFile(definition), 'utf8').catch(() => '{}');
  return JSON.parse(content) as Versions;
}

/** Writes the lock file. @returns its path */
export async function writeLock(definition: Definition, versions: Versions): Promise<string> {
  await writeFile(lockFile(definition), `${JSON.stringify(versions, null, 2)}\n`);
  return lockFile(definition);
}

function lockFile({ folder }: Definition): string {
  return join(folder, 'lock.json');
}
