import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { commitOf } from '../export/facts.ts';
import { fileName, filePath, FORMATS, linkExports, type Format } from '../export/files.ts';
import { STORED } from '../../src/store/folders.ts';

/** Everything that the downloads are made from. */
const SOURCES = [
  ...STORED,
  ...['src', 'public', 'scripts/export', 'astro.config.mjs', 'package-lock.json'],
];
/** Variables that the build of the site and the downloads read. */
const VARIABLES = ['SITE_URL', 'BASE_PATH', 'REPOSITORY_URL', 'CHECKED_ON', 'COMMIT'];

/**
 * The downloads of one state of the sources. They are kept between starts, because a build empties
 * the folder of the site.
 */
export class KeptDownloads {
  private readonly dist: string;
  /** The folder of all states. */
  private readonly all: string;
  private readonly own: string;

  /**
   * @param root folder of the project
   * @param dist folder of the built site
   * @param key hash of the sources, see `sourcesKey`
   */
  constructor(root: string, dist: string, key: string) {
    this.dist = dist;
    this.all = join(root, '.astro/downloads');
    this.own = join(this.all, key);
  }

  /**
   * Adds the kept files to the site.
   * @returns the formats of which there is no file
   */
  async restore(): Promise<Format[]> {
    const missing: Format[] = [];
    for (const format of FORMATS) {
      const target = filePath(this.dist, format);
      await copyFile(join(this.own, fileName(format)), target).catch(() => missing.push(format));
    }
    if (missing.length < FORMATS.length) await linkExports(this.dist);
    return missing;
  }

  /** Keeps a file of the site, and forgets those of other sources. */
  async keep(format: Format): Promise<void> {
    await mkdir(this.own, { recursive: true });
    for (const name of await readdir(this.all))
      if (join(this.all, name) !== this.own)
        await rm(join(this.all, name), { recursive: true, force: true });
    const target = join(this.own, fileName(format));
    await copyFile(filePath(this.dist, format), `${target}.new`);
    await rename(`${target}.new`, target);
  }
}

/** A hash of all sources of the downloads in a project. */
export async function sourcesKey(root: string): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(VARIABLES.map((name) => process.env[name])));
  hash.update(`${(await commitOf(root)) ?? ''}\n`);
  for (const source of SOURCES)
    for (const path of await filesAt(join(root, source))) {
      const content = await readFile(path);
      hash.update(`${relative(root, path)} ${content.length}\n`).update(content);
    }
  return hash.digest('hex').slice(0, 16);
}

/** A file, or all files of a folder; none if it does not exist. */
async function filesAt(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
