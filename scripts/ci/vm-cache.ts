import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf, vmCache } from '../browser-lab/step.ts';

/** What workflows tell GitHub's cache of the browser lab. */
// A type, not an interface: it is listed by name and value.
export type VmCache = {
  /** Folder in which the build keeps the results of its steps, and what it fetched. */
  readonly path: string;
  /** Changes with whatever the browser lab is made of. */
  readonly key: string;
  /** What every key begins with: an older cache has results of the steps that did not change. */
  readonly prefix: string;
};

const PREFIX = 'browser-lab-';

/** The folder of what the browser lab is made of, without what only plays in it. */
const SOURCES = 'scripts/browser-lab';
const PLAYS = 'lessons';
/** What it is made of beside: a script that makes the lab's images as well, and v86, which the lock file pins. */
const OTHERS = ['scripts/lab/recipe/build/debian-tars.sh'];
const LOCK = 'package-lock.json';

/**
 * Where the browser lab's build keeps its results, and under which key GitHub keeps them. The key alone says when to save anew: each step of
 * the build takes nothing but a result of its own inputs, whatever was restored.
 * @param root of the project
 */
export async function vmCacheOf(root: string): Promise<VmCache> {
  const sources = (await readdir(join(root, SOURCES), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.startsWith(join(root, SOURCES, PLAYS)))
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
