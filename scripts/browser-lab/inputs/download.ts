import { createHash } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Report } from '../../lab/index.ts';
import { ask, bytesOf } from './ask.ts';
import type { InputsLock, PinnedPackage } from './lock.ts';
import { BuildError } from '../run.ts';
import { vmCache } from '../step.ts';

/** What a server answers for a file that it has no more. */
const GONE: readonly number[] = [404, 410];

/** Pinned packages that the archive has no more. */
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
 * @throws {PackagesGone} if the archive has it no more
 * @throws {BuildError} if the archive has it with other content, or cannot be reached
 */
export async function download(
  lock: InputsLock,
  wanted: PinnedPackage,
  report: Report,
  signal: AbortSignal,
): Promise<string> {
  const { name, version, archive = lock.archive, path, sha256 } = wanted;
  const folder = join(vmCache(), 'packages');
  const file = join(folder, `${sha256.slice(0, 16)}-${basename(path)}`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept !== undefined && sha256Of(kept) === sha256) return file;
  report(`fetching ${name}`);
  await mkdir(folder, { recursive: true });
  const address = `${archive}/${path}`;
  const response = await ask(address, signal);
  if (GONE.includes(response.status))
    throw new PackagesGone(
      [wanted],
      `${name} ${version}, which scripts/browser-lab/inputs/inputs.lock.json pins, is not in Debian's archive any more: ${address} answered ` +
        `${response.status}. \`npm run vm -- --update\` pins the version that is there now. To build of this one, take its file from ` +
        `https://snapshot.debian.org/binary/${name}/ and put it here: ${file}`,
    );
  if (!response.ok)
    throw new BuildError(
      `${address} answered ${response.status}, not with ${name}: try again later`,
    );
  const content = await bytesOf(response, signal);
  const found = sha256Of(content);
  if (found !== sha256)
    throw new BuildError(
      `${name} ${version} at ${address} has the hash ${found}, and not ${sha256} as ` +
        "scripts/browser-lab/inputs/inputs.lock.json or Debian's signed index says. Fetch it again from another " +
        'network, or see with `npm run vm -- --update` whether the archive has another file there',
    );
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, content);
  await rename(fresh, file);
  return file;
}

/**
 * Puts pinned packages into a folder, under the names that Debian gives them.
 * @throws {PackagesGone} with all that the archive has no more
 */
export async function packagesIn(
  folder: string,
  lock: InputsLock,
  packages: readonly PinnedPackage[],
  report: Report,
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

function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
