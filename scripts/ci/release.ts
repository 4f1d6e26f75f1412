import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Lays out the files of a release: the built site as one archive, what readers download, and the checksums
 * of all of it. The same site gives the same bytes.
 * @param site the built site
 * @returns the names of the files
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

/** Files beside the page of downloads. */
async function downloadsOf(site: string): Promise<string[]> {
  const folder = join(site, 'downloads');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith('you-like-docker'))
    .map((name) => join(folder, name));
}

async function sumOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
