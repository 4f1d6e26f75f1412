import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { faultsOfVm } from './proven-vm.ts';

const run = promisify(execFile);

/** What readers download: the site is built without the PDF where there is no browser to print it. */
const DOWNLOADS = ['pdf', 'epub', 'html'].map((ending) => `you-like-docker.${ending}`);

/** The site or the browser lab is not complete. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

export interface ReleaseOptions {
  /** The built site. */
  readonly site: string;
  /** Folder of the browser lab. */
  readonly vm: string;
  /** Receives the files. */
  readonly out: string;
  readonly version: string;
}

/**
 * Lays out the files of a release: the built site and the browser lab as one archive each, the lab's manifest, what readers
 * download, and the checksums of all of it. The same site and the same lab give the same bytes.
 * @returns the names of the files
 * @throws {ReleaseError} if a download is missing, or the browser lab is not what its manifest says
 */
export async function layOutRelease(options: ReleaseOptions): Promise<string[]> {
  const { site, vm, out, version } = options;
  const [fault] = await faultsOfVm(vm);
  if (fault !== undefined)
    throw new ReleaseError(`${vm} is no whole browser lab: ${fault}. Build it with \`npm run vm\``);
  await mkdir(out, { recursive: true });
  const name = `you-like-docker-${version}`;
  await pack(site, join(out, `${name}-site.tar.gz`), '--use-compress-program=gzip -n');
  // Its files are packed already.
  await pack(vm, join(out, `${name}-browser-lab.tar`));
  await copyFile(join(vm, 'manifest.json'), join(out, `${name}-browser-lab.json`));
  const names = [`${name}-site.tar.gz`, `${name}-browser-lab.tar`, `${name}-browser-lab.json`];
  for (const file of await downloadsOf(site)) {
    await copyFile(file, join(out, basename(file)));
    names.push(basename(file));
  }
  const sums = await Promise.all(
    names.sort().map(async (file) => `${await sumOf(join(out, file))}  ${file}\n`),
  );
  await writeFile(join(out, 'SHA256SUMS'), sums.join(''));
  return [...names, 'SHA256SUMS'];
}

/** Packs what is in a folder. Order, times and owners are those of no machine. */
async function pack(folder: string, archive: string, ...options: string[]): Promise<void> {
  const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  await run('tar', [...plain, ...options, '-cf', archive, '-C', folder, '.']);
}

async function downloadsOf(site: string): Promise<string[]> {
  const folder = join(site, 'downloads');
  const there = await readdir(folder).catch((): string[] => []);
  const missing = DOWNLOADS.filter((name) => !there.includes(name));
  if (missing.length > 0)
    throw new ReleaseError(
      `${folder} has no ${missing.join(', ')}: look at what the build said; the PDF needs a Chromium`,
    );
  return DOWNLOADS.map((name) => join(folder, name));
}

async function sumOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
