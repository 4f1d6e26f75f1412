import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf, vmCache } from '../browser-lab/step.ts';

/** Prefix of every key: an older cache has the results of the steps that did not change. */
const PREFIX = 'browser-lab-';

/** Sources of the browser lab, except the folder that only runs lessons in it. */
const SOURCES = 'scripts/browser-lab';
const LESSONS = 'lessons';
/**
 * Other inputs: a script that also builds the images of the lab, and v86, pinned in the lockfile.
 */
const OTHERS = ['scripts/lab/recipe/build/debian-tars.sh'];
const LOCK = 'package-lock.json';

/**
 * Folder in which the build of the browser lab keeps its results, and their key in GitHub's cache.
 * The key only decides when the cache is saved again: each step of the build reuses only results of
 * exactly its inputs, whatever was restored.
 * @param root folder of the project
 */
export async function vmCacheOf(root: string) {
  const sources = (await readdir(join(root, SOURCES), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.startsWith(join(root, SOURCES, LESSONS)))
    .map((path) => path.slice(root.length));
  const inputs = [...sources, ...OTHERS].sort();
  const contents = await Promise.all(inputs.map((path) => readFile(join(root, path))));
  const hash = hashOf(...inputs, ...contents, await versionOfV86(root));
  return { path: vmCache(), key: `${PREFIX}${hash.slice(0, 16)}`, prefix: PREFIX };
}

async function versionOfV86(root: string): Promise<string> {
  const { packages } = JSON.parse(await readFile(join(root, LOCK), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
  };
  return packages['node_modules/v86']?.integrity ?? '';
}
