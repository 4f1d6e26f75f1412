import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { readVmManifest } from '../../src/browser-lab/format/manifest.ts';
import { RELEASE_FILE, type Release } from '../../src/browser-lab/format/release.ts';
import { CiError } from './error.ts';
import { faultsOfVm } from './proven-vm.ts';

const run = promisify(execFile);

/**
 * Files that readers download. Without a browser to print them, the site is built without PDFs.
 */
const DOWNLOADS = ['.pdf', '-handout.pdf', '-teacher.pdf', '.epub', '.html'].map(
  (ending) => `you-like-docker${ending}`,
);

export interface ReleaseOptions {
  readonly site: string;
  readonly vm: string;
  readonly out: string;
  readonly version: string;
}

/**
 * Writes the files of a release: an archive each of the built site and the browser lab, the
 * manifest of the browser lab, the downloads, and the checksums of all these files. The same site
 * and browser lab give the same bytes.
 * @returns the names of the files
 * @throws {CiError} if a download is missing, or the browser lab does not match its manifest
 */
export async function layOutRelease(options: ReleaseOptions): Promise<string[]> {
  const { site, vm, out, version } = options;
  const [fault] = await faultsOfVm(vm);
  if (fault !== undefined)
    throw new CiError(
      `${vm} is not a complete browser lab: ${fault}. Build it with \`npm run vm\``,
    );
  await mkdir(out, { recursive: true });
  const name = `you-like-docker-${version}`;
  await pack(site, join(out, `${name}-site.tar.gz`), '--use-compress-program=gzip -n');
  // Its files are already compressed.
  await pack(vm, join(out, `${name}-browser-lab.tar`));
  await copyFile(join(vm, 'manifest.json'), join(out, `${name}-browser-lab.json`));
  const names = [`${name}-site.tar.gz`, `${name}-browser-lab.tar`, `${name}-browser-lab.json`];
  for (const file of await downloadsOf(site)) {
    await copyFile(file, join(out, basename(file)));
    names.push(basename(file));
  }
  const sums = await Promise.all(
    names.sort().map(async (file) => {
      return `${hash('sha256', await readFile(join(out, file)))}  ${file}\n`;
    }),
  );
  await writeFile(join(out, 'SHA256SUMS'), sums.join(''));
  return [...names, 'SHA256SUMS'];
}

/**
 * Writes the file by which `npm start` fetches the browser lab of a release.
 * @param folder of the project
 * @param address of the folder in which the files of the release are published
 */
export async function pinRelease(
  folder: string,
  { vm, out, version }: Omit<ReleaseOptions, 'site'>,
  address: string,
): Promise<void> {
  const name = `you-like-docker-${version}-browser-lab.tar`;
  const archive = await readFile(join(out, name));
  const { built } = readVmManifest(await readFile(join(vm, 'manifest.json'), 'utf8'));
  const release: Release = {
    url: `${address}/${name}`,
    bytes: archive.length,
    sha256: hash('sha256', archive),
    built,
  };
  await writeFile(join(folder, RELEASE_FILE), `${JSON.stringify(release, undefined, 2)}\n`);
}

/** Packs the content of a folder, with a fixed order and fixed times and owners. */
async function pack(folder: string, archive: string, ...options: string[]): Promise<void> {
  const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  await run('tar', [...plain, ...options, '-cf', archive, '-C', folder, '.']);
}

async function downloadsOf(site: string): Promise<string[]> {
  const folder = join(site, 'downloads');
  const there = await readdir(folder).catch((): string[] => []);
  const missing = DOWNLOADS.filter((name) => !there.includes(name));
  if (missing.length > 0)
    throw new CiError(
      `${folder} has no ${missing.join(', ')}: see the output of the build; the PDF needs Chromium`,
    );
  return DOWNLOADS.map((name) => join(folder, name));
}
