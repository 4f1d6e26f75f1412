import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What readers download: the site is built without the PDF where there is no browser to print it. */
const DOWNLOADS = ['pdf', 'epub', 'html'].map((ending) => `you-like-docker.${ending}`);

/** The site is not complete. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

/**
 * Lays out the files of a release: the built site as one archive, what readers download, and the checksums
 * of all of it. The same site gives the same bytes.
 * @param site the built site
 * @returns the names of the files
 * @throws {ReleaseError} if a download is missing
 */
export async function layOutRelease(site: string, out: string, version: string): Promise<string[]> {
  await mkdir(out, { recursive: true });
  const archive = `you-like-docker-${version}-site.tar.gz`;
  // Order, times and owners are those of no machine.
  const plain = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  await run('tar', [
    ...plain,
    '--use-compress-program=gzip -n',
    '-cf',
    join(out, archive),
    '-C',
    site,
    '.',
  ]);
  const names = [archive];
  for (const file of await downloadsOf(site)) {
    const name = basename(file);
    await copyFile(file, join(out, name));
    names.push(name);
  }
  const sums = await Promise.all(
    names.sort().map(async (name) => `${await sumOf(join(out, name))}  ${name}\n`),
  );
  await writeFile(join(out, 'SHA256SUMS'), sums.join(''));
  return [...names, 'SHA256SUMS'];
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
