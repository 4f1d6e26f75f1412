import { createHash } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Report } from '../lab/index.ts';
import type { InputsLock, PinnedPackage } from './lock.ts';
import { BuildError } from './run.ts';
import { vmCache } from './step.ts';

/**
 * Fetches a pinned package, or takes it from the cache.
 * @returns path of the file
 * @throws {BuildError} if the archive has it no more, or with other content
 */
export async function download(
  { archive }: InputsLock,
  { name, path, sha256 }: PinnedPackage,
  report: Report,
  signal: AbortSignal,
): Promise<string> {
  const folder = join(vmCache(), 'packages');
  const file = join(folder, `${sha256.slice(0, 16)}-${basename(path)}`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept !== undefined && sha256Of(kept) === sha256) return file;
  report(`fetching ${name}`);
  const address = `${archive}/${path}`;
  const response = await fetch(address, { signal });
  if (!response.ok)
    throw new BuildError(
      `${address} answered ${response.status}: the archive has moved on from scripts/vm/inputs.lock.json. ` +
        '`npm run vm -- --update` pins what it has now',
    );
  const content = Buffer.from(await response.arrayBuffer());
  const found = sha256Of(content);
  if (found !== sha256)
    throw new BuildError(
      `${address} has the hash ${found}; scripts/vm/inputs.lock.json expects ${sha256}. Fetch it again from another network, or ` +
        'see with `npm run vm -- --update` whether the archive has another file there',
    );
  await mkdir(folder, { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, content);
  await rename(fresh, file);
  return file;
}

/** Puts pinned packages into a folder, under the names that Debian gives them. */
export async function packagesIn(
  folder: string,
  lock: InputsLock,
  packages: readonly PinnedPackage[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const one of packages) {
    const target = join(folder, basename(one.path));
    await rm(target, { force: true });
    await link(await download(lock, one, report, signal), target);
  }
}

function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
