import { hash } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OnProgress } from '../../lab/index.ts';
import { ask, bytesOf } from './ask.ts';
import type { InputsLock, PinnedPackage } from './lock.ts';
import { BuildError } from '../run.ts';
import { vmCache } from '../step.ts';

/** Statuses for a file that the server no longer has. */
const GONE: readonly number[] = [404, 410];

/** The archive no longer has some pinned packages. */
export class PackagesGone extends BuildError {
  readonly packages: readonly PinnedPackage[];

  constructor(packages: readonly PinnedPackage[], message: string) {
    super(message);
    this.packages = packages;
  }
}

/**
 * Fetches a pinned package, or takes it from the cache.
 * @returns path of the file
 * @throws {PackagesGone} if the archive no longer has it
 * @throws {BuildError} if its hash is wrong, or the archive cannot be reached
 */
export async function download(
  lock: InputsLock,
  wanted: PinnedPackage,
  report: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const { name, version, archive = lock.archive, path, sha256 } = wanted;
  const folder = join(vmCache(), 'packages');
  const file = join(folder, `${sha256.slice(0, 16)}-${basename(path)}`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept !== undefined && hash('sha256', kept) === sha256) return file;
  report(`fetching ${name}`);
  await mkdir(folder, { recursive: true });
  const address = `${archive}/${path}`;
  const response = await ask(address, signal);
  if (GONE.includes(response.status))
    throw new PackagesGone(
      [wanted],
      `${name} ${version}, which scripts/browser-lab/inputs/inputs.lock.json pins, is no longer in Debian's archive: ${address} responded with status ` +
        `${response.status}. \`npm run vm -- --update\` pins the current version. To build with this version, download its file from ` +
        `https://snapshot.debian.org/binary/${name}/ and save it as ${file}`,
    );
  if (!response.ok)
    throw new BuildError(
      `${address} responded with status ${response.status} instead of ${name}: try again later`,
    );
  const content = await bytesOf(response, signal);
  const found = hash('sha256', content);
  if (found !== sha256)
    throw new BuildError(
      `${name} ${version} at ${address} has the hash ${found} instead of ${sha256}, which ` +
        "scripts/browser-lab/inputs/inputs.lock.json or Debian's signed index requires. Try again from another " +
        'network, or run `npm run vm -- --update` in case the archive has replaced the file',
    );
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, content);
  await rename(fresh, file);
  return file;
}

/**
 * Puts pinned packages into a folder, under their names in Debian.
 * @throws {PackagesGone} with all packages that the archive no longer has
 */
export async function packagesIn(
  folder: string,
  lock: InputsLock,
  packages: readonly PinnedPackage[],
  report: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const gone: PackagesGone[] = [];
  for (const one of packages) {
    const target = join(folder, basename(one.path));
    await rm(target, { force: true });
    try {
      await link(await download(lock, one, report, signal), target);
    } catch (error) {
      if (!(error instanceof PackagesGone)) throw error;
      gone.push(error);
    }
  }
  if (gone.length > 0)
    throw new PackagesGone(
      gone.flatMap((one) => one.packages),
      gone.map(({ message }) => message).join('\n'),
    );
}
