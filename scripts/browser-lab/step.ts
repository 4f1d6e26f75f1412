import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { cacheFolder } from '../lab/outer-engine/cache.ts';

/** How long the result of a step is kept after its last use, in milliseconds. */
const KEPT = 30 * 24 * 3600 * 1000;
/** The same for leftovers of a killed process; longer than any step takes. */
const LEFT = 24 * 3600 * 1000;

/** Receives how far a step is, as a share between 0 and 1. */
export type OnShare = (share: number) => void;

/**
 * Tells when the steps of this process begin and end, and how far they are. A step whose result
 * already exists does not begin.
 */
export const steps = new EventEmitter<{
  begin: [name: string];
  share: [name: string, share: number];
  end: [name: string];
}>();

/** Folder of downloads and results of steps. */
export function vmCache(): string {
  return join(cacheFolder(), 'vm');
}

/** Identifies a result, or a file in one, as an input of another step. The name contains a hash. */
export function nameOf(path: string): string {
  return relative(vmCache(), path);
}

export function hashOf(...inputs: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(`${input.length}\n`).update(input);
  return hash.digest('hex');
}

export async function hashFiles(folder: URL, names: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(name, folder))] as const),
  );
  return hashOf(...parts.flat());
}

/**
 * Runs a step of the build, unless there is a result for the same inputs. The result is a folder.
 * @param name name of the step, such as `kernel`
 * @param inputs hash of everything that the result depends on
 * @param make fills the empty folder, and may tell how far it is; if it fails or is interrupted,
 *   the folder is removed
 */
export async function step(
  name: string,
  inputs: string,
  make: (folder: string, share: OnShare) => Promise<void>,
): Promise<string> {
  const results = vmCache();
  const result = join(results, `${name}-${inputs.slice(0, 16)}`);
  if (existsSync(result)) {
    const now = new Date();
    await utimes(result, now, now);
    steps.emit('end', name);
    return result;
  }
  const fresh = join(results, `${name}.${process.pid}.new`);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  try {
    steps.emit('begin', name);
    await make(fresh, (share) => steps.emit('share', name, share));
    // Another build may have been faster; its result is the same.
    await rename(fresh, result).catch((error: unknown) => {
      if (!existsSync(result)) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await forget(results, name);
  steps.emit('end', name);
  return result;
}

async function forget(results: string, name: string): Promise<void> {
  for (const entry of await readdir(results)) {
    const isResult = entry.startsWith(`${name}-`);
    if (!isResult && !entry.startsWith(`${name}.`)) continue;
    const path = join(results, entry);
    // Another process may remove it in the meantime.
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > (isResult ? KEPT : LEFT)) await rm(path, { recursive: true, force: true });
  }
}
