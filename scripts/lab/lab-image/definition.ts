import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { LabError } from '../error.ts';
import type { TarEntry } from '../tar.ts';

const LAB_FOLDER = join(import.meta.dirname, '..');
const RECIPE = join(LAB_FOLDER, 'recipe');
const DEFINITIONS = join(LAB_FOLDER, 'images');

/** The lab that all others extend. */
const DEFAULT = 'default';

/** Files next to a definition that describe an image built from it, and do not affect the image. */
const RESULTS: readonly string[] = [
  'definition/lock.json',
  'definition/published.json',
  'definition/behaviours.yaml',
];

export interface Definition {
  readonly name: string;
  /** Hash of everything that the image depends on. */
  readonly hash: string;
  /**
   * Its folder: `lock.json`, and one of `packages`, `images` and `served-packages`; for the default
   * lab `packages` and `served-packages`.
   */
  readonly folder: string;
  /**
   * Files of the definition (`definition/…`) and its recipe (`build/…` and `boot/…`, or one of
   * `extend/…` and `more-images/…`).
   */
  readonly files: readonly TarEntry[];
  /** The lab that it extends; absent for the default one. */
  readonly base?: Definition;
}

/** Folders with a list `packages` for the Engine of another Debian release. */
const ENGINES = join(LAB_FOLDER, 'engines');

/** Recipe of the default lab. */
const BUILD_FOLDER = join(RECIPE, 'build');
/** Recipe of the labs that extend it by packages. */
const EXTEND_FOLDER = join(RECIPE, 'extend');
/** Recipe of the labs that serve other packages of Debian, with a script of the default lab. */
const SERVED_FOLDER = join(RECIPE, 'served');
const SERVED_SCRIPT = 'build/stable-hook.sh';
/** Recipe of the labs that extend it by images in its registry. */
const IMAGES_FOLDER = join(RECIPE, 'more-images');

/**
 * Reads a definition.
 * @throws {LabError} if there is no definition with that name.
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
    ...own.filter(({ path }) => !RESULTS.includes(path)),
    ...(await (base ? readExtension(own) : readBuild())),
  ];
  return { name, folder, files, hash: hashOf(files, base?.hash), ...(base && { base }) };
}

/** The images in the default lab are made by its own Engine, which the boot scripts start. */
async function readBuild(): Promise<TarEntry[]> {
  return [...(await readFolder(BUILD_FOLDER, 'build')), ...(await readBootFiles())];
}

async function readExtension(own: readonly TarEntry[]): Promise<TarEntry[]> {
  if (addsImages({ files: own })) return readFolder(IMAGES_FOLDER, 'more-images');
  if (!own.some(({ path }) => path === 'definition/served-packages'))
    return readFolder(EXTEND_FOLDER, 'extend');
  const recipe = await readFolder(BUILD_FOLDER, 'build');
  return [
    ...(await readFolder(SERVED_FOLDER, 'extend')),
    ...recipe.filter(({ path }) => path === SERVED_SCRIPT),
  ];
}

/** Whether a lab adds images to the registry of the default lab, instead of packages. */
export function addsImages({ files }: Pick<Definition, 'files'>): boolean {
  return files.some(({ path }) => path.startsWith('definition/images/'));
}

/** The inputs of the image of another Engine; see engine.ts. */
export type EngineDefinition = Pick<Definition, 'name' | 'hash' | 'files'>;

/**
 * Reads the inputs of the Engine of a Debian release: `engine/packages` and `build/root.sh`.
 * @throws {LabError} if there is no such Engine; the hint lists those that exist.
 */
export async function readEngine(suite: string): Promise<EngineDefinition> {
  const known = await readdir(ENGINES);
  if (!known.includes(suite))
    throw new LabError(
      `there is no Engine for a suite called ${suite}`,
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

/** The scripts that are copied into every lab when it is opened, with paths `boot/…`. */
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
