import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { cacheFolder } from '../lab/outer-engine/cache.ts';

/** Milliseconds for which the result of a step is kept after it was last used. */
const KEPT = 30 * 24 * 3600 * 1000;
/** The same for what a process has left behind that could not clean up: longer than any step takes. */
const LEFT = 24 * 3600 * 1000;

/** Where results of steps and downloads are kept. */
export function vmCache(): string {
  return join(cacheFolder(), 'vm');
}

/** What a result, or a file of one, stands for as an input of another: its name, which holds the hash of what it was made of. */
export function nameOf(path: string): string {
  return relative(vmCache(), path);
}

/** Hash of several inputs, each text or bytes. */
export function hashOf(...inputs: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(`${input.length}\n`).update(input);
  return hash.digest('hex');
}

/** Hash of files, by name and content. */
export async function hashFiles(folder: URL, names: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(name, folder))] as const),
  );
  return hashOf(...parts.flat());
}

/**
 * The result of a step of the build: a folder, made once for the same inputs.
 * @param name of the step, such as `kernel`
 * @param inputs hash of all that the result depends on
 * @param make fills the empty folder; one that fails or is interrupted leaves nothing
 */
export async function step(
  name: string,
  inputs: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const results = vmCache();
  const result = join(results, `${name}-${inputs.slice(0, 16)}`);
  if (await exists(result)) {
    const now = new Date();
    await utimes(result, now, now);
    return result;
  }
  const fresh = join(results, `${name}.${process.pid}.new`);
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  try {
    await make(fresh);
    // Another build may have been faster: what it has made is the same.
    await rename(fresh, result).catch(async (error: unknown) => {
      if (!(await exists(result))) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await forget(results, name);
  return result;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function forget(results: string, name: string): Promise<void> {
  for (const entry of await readdir(results)) {
    const isResult = entry.startsWith(`${name}-`);
    if (!isResult && !entry.startsWith(`${name}.`)) continue;
    const path = join(results, entry);
    // Another process may take it away meanwhile.
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > (isResult ? KEPT : LEFT)) await rm(path, { recursive: true, force: true });
  }
}
