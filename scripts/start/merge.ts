import { mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * Moves the files of a freshly built site into the folder that is being served. Each file replaces
 * the old one at once, and pages come last, so that every page finds what it needs. Old files stay:
 * a page that is open may still load them.
 * @param last paths that come after all other files except pages
 */
export async function mergeSite(
  fresh: string,
  served: string,
  last: readonly string[] = [],
): Promise<void> {
  const entries = await readdir(fresh, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(fresh, join(parentPath, name)));
  const rank = (path: string) => (path.endsWith('.html') ? 2 : last.includes(path) ? 1 : 0);
  for (const path of paths.toSorted((one, other) => rank(one) - rank(other))) {
    await mkdir(dirname(join(served, path)), { recursive: true });
    await rename(join(fresh, path), join(served, path));
  }
}
