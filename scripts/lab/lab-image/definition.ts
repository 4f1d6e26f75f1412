import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LabError } from '../error.ts';
import type { TarEntry } from '../tar.ts';

const LAB_FOLDER = join(import.meta.dirname, '..');
const RECIPE = join(LAB_FOLDER, 'recipe');
const DEFINITIONS = join(LAB_FOLDER, 'images');

/** The lab that all others are built on. */
const DEFAULT = 'default';

/** Files beside a definition that tell of an image made of it, and change nothing about it. */
const TOLD_OF_IT: readonly string[] = ['definition/lock.json', 'definition/published.json'];

/** What a lab image is made of, and how. */
export interface Definition {
  readonly name: string;
  /** Of all that the image depends on: another hash, another image. */
  readonly hash: string;
  /** Folder with its own part: `packages`, `lock.json`, and for the default lab `served-packages`. */
  readonly folder: string;
  /** Files of the definition and of its recipe, by paths `definition/…` and `build/…` with `boot/…`, or `extend/…`. */
  readonly files: readonly TarEntry[];
  /** The lab that it adds packages to; absent for the default one, which is made from nothing. */
  readonly base?: Definition;
}

/** The Engines of other releases of Debian: a folder each, with a list `packages`. */
const ENGINES = join(LAB_FOLDER, 'engines');

/** Recipe of the default lab. */
const BUILD_FOLDER = join(RECIPE, 'build');
/** Recipe of all that are built on it. */
const EXTEND_FOLDER = join(RECIPE, 'extend');

/**
 * Reads a definition.
 * @throws {LabError} if there is none of that name.
 */
export async function readDefinition(name: string): Promise<Definition> {
  const folder = join(DEFINITIONS, name);
  const known = await readdir(DEFINITIONS);
  if (!known.includes(name))
    throw new LabError(
      `there is no lab called ${name}`,
      `name one of: ${known.join(', ')}; or add a folder to scripts/lab/images`,
    );
  const base = name === DEFAULT ? undefined : await readDefinition(DEFAULT);
  const own = await readFolder(folder, 'definition');
  const files = [
    ...own.filter(({ path }) => !TOLD_OF_IT.includes(path)),
    ...(base
      ? await readFolder(EXTEND_FOLDER, 'extend')
      : // Its images are made by its own Engine, which these scripts start.
        [...(await readFolder(BUILD_FOLDER, 'build')), ...(await readBootFiles())]),
  ];
  return { name, folder, files, hash: hashOf(files, base?.hash), ...(base && { base }) };
}

/** What the image of another Engine is made of; see engine.ts. */
export type EngineDefinition = Pick<Definition, 'name' | 'hash' | 'files'>;

/**
 * Reads what the Engine of a release of Debian is made of: paths `engine/packages` and `build/root.sh`.
 * @throws {LabError} if there is none; the hint names those that there are.
 */
export async function readEngine(suite: string): Promise<EngineDefinition> {
  const known = await readdir(ENGINES);
  if (!known.includes(suite))
    throw new LabError(
      `there is no Engine of a suite called ${suite}`,
      `name one of: ${known.join(', ')}; or add a folder to scripts/lab/engines`,
    );
  const recipe = await readFolder(BUILD_FOLDER, 'build');
  const files = [
    ...(await readFolder(join(ENGINES, suite), 'engine')),
    ...recipe.filter(({ path }) => path === 'build/root.sh'),
  ];
  return { name: `engine-${suite}`, files, hash: hashOf(files) };
}

function hashOf(files: readonly TarEntry[], base = ''): string {
  const hash = createHash('sha256').update(base);
  for (const { path, content } of files)
    hash.update(`${path}\0${content.length}\0`).update(content);
  return hash.digest('hex').slice(0, 12);
}

/** The scripts that run in every lab, put there when it is opened, by paths `boot/…`. */
export function readBootFiles(): Promise<TarEntry[]> {
  return readFolder(join(RECIPE, 'boot'), 'boot');
}

async function readFolder(folder: string, as: string): Promise<TarEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({
      path: `${as}/${relative(folder, path).replaceAll(sep, '/')}`,
      content: await readFile(path),
    })),
  );
}
