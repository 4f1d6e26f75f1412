import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { IndexedPackage } from './archive.ts';
import { BuildError } from '../run.ts';

/** Reads two versions per line, and prints `yes` if the first is newer, else `no`. */
const COMPARE =
  'dpkg --compare-versions 1 gt 0 || exit; while read -r one other; do dpkg --compare-versions "$one" gt "$other" && echo yes || echo no; done';

/**
 * Finds the package with the newest version for each name, as Debian orders versions
 * (deb-version(7)). Of equal versions, the first package is taken.
 * @throws {BuildError} if dpkg is missing
 */
export async function newestOf(
  packages: readonly IndexedPackage[],
): Promise<Map<string, IndexedPackage>> {
  const newest = new Map<string, IndexedPackage>();
  let rest = packages;
  // Each round compares one more package per name.
  while (rest.length > 0) {
    const round = new Map<string, IndexedPackage>();
    const later: IndexedPackage[] = [];
    for (const one of rest) {
      const known = newest.get(one.name);
      if (known === undefined) newest.set(one.name, one);
      else if (round.has(one.name)) later.push(one);
      else if (known.version !== one.version) round.set(one.name, one);
    }
    const found = [...round.values()];
    const newer = await areNewer(
      found.map(({ name, version }) => `${version} ${newest.get(name)?.version ?? ''}`),
    );
    for (const [index, one] of found.entries()) if (newer[index]) newest.set(one.name, one);
    rest = later;
  }
  return newest;
}

/**
 * Whether the first version of each pair is newer than the second.
 * @param pairs two versions each, separated by a space
 * @throws {BuildError} if dpkg is missing
 */
export async function areNewer(pairs: readonly string[]): Promise<boolean[]> {
  if (pairs.length === 0) return [];
  const child = spawn('sh', ['-c', COMPARE], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(pairs.map((pair) => `${pair}\n`).join(''));
  const answers = (await text(child.stdout)).match(/^(?:yes|no)$/gm) ?? [];
  if (answers.length !== pairs.length)
    throw new BuildError(
      `dpkg compared ${answers.length} of ${pairs.length} pairs of versions: check that \`dpkg --compare-versions 2 gt 1\` exits with 0 on this machine`,
    );
  return answers.map((answer) => answer === 'yes');
}
