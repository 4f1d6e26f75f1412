import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Zip, ZipDeflate } from 'fflate';

/** Files that become smaller; the large ones are compressed already. */
const TEXTS = ['.html', '.css', '.js', '.mjs', '.json', '.txt', '.md', '.svg', '.cast', '.xml'];
/** What a zip file without extensions can hold, which every system unpacks. */
const MOST_FILES = 65_535;
const MOST_BYTES = 2 ** 32 - 1;

/** Paths of all files below a folder, relative to it, with slashes, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

/** The lines of a file that `sha256sum -c` checks, for files below a folder. */
export async function sumsOf(folder: string, paths: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const path of paths) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, path)), hash);
    lines.push(`${hash.digest('hex')}  ${path}\n`);
  }
  return lines.join('');
}

/**
 * Packs a folder, with its own name as the first part of all paths. The same files and the same
 * time give the same bytes.
 * @param time modification time of all files, read as local time
 * @param packed receives the number of bytes read so far, after each file
 * @throws {Error} if the folder is too large for a zip file
 */
export async function zipFolder(
  folder: string,
  to: string,
  time: Date,
  packed: (bytes: number) => void,
): Promise<void> {
  const paths = await filesBelow(folder);
  const sizes = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (paths.length > MOST_FILES || total > MOST_BYTES)
    throw new Error(
      `${folder} is too large for a zip file: ${paths.length} files, ${total} bytes\n` +
        '  to fix:   hand over the folder itself, on a stick that is formatted as exFAT',
    );
  await pipeline(zipped(folder, paths, time, packed), createWriteStream(to));
}

async function* zipped(
  folder: string,
  paths: readonly string[],
  mtime: Date,
  packed: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  let bytes = 0;
  for (const path of paths) {
    const level = TEXTS.includes(extname(path)) ? 6 : 0;
    const file = new ZipDeflate(`${basename(folder)}/${path}`, { level });
    file.mtime = mtime;
    zip.add(file);
    for await (const chunk of createReadStream(join(folder, path))) {
      const read = chunk as Buffer;
      // The library keeps what it is given, and Node uses its buffers again.
      file.push(Uint8Array.from(read));
      bytes += read.length;
      yield* chunks.splice(0);
    }
    file.push(new Uint8Array(), true);
    yield* chunks.splice(0);
    packed(bytes);
  }
  zip.end();
  yield* chunks.splice(0);
}
