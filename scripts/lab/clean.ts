import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './outer-engine/cache.ts';
import { removePrivateEngine } from './outer-engine/private.ts';
import { reachableEngine } from './outer-engine/reachable.ts';
import { removeImages } from './lab-image/images.ts';
import { removeOrphans } from './labels.ts';
import type { Report } from './model.ts';

/** The browser lab's part of the cache: many minutes of work, and none of the labs'. */
const BROWSER_LAB = 'vm';

/**
 * Removes all that labs keep between runs: their images, in a reachable Engine too, and the private
 * Engine. What another process uses right now stays, and so does what the browser lab is made of.
 */
export async function cleanLabs(report: Report): Promise<void> {
  const reachable = await reachableEngine();
  if (typeof reachable !== 'string') {
    await removeOrphans(reachable.docker);
    await removeImages(reachable.docker);
    report(`removed the lab images in ${reachable.name}`);
  }
  const size = await sizeOf(join(cacheFolder(), 'engine'));
  if (!(await removePrivateEngine(report))) {
    report(
      `left ${cacheFolder()} alone: another process uses it. Run this again when it has ended`,
    );
    return;
  }
  report(`removed the private Docker Engine and its images${size}`);
  for (const name of await readdir(cacheFolder()).catch(() => [])) {
    const path = join(cacheFolder(), name);
    const bytes = await sizeOf(path);
    if (name === BROWSER_LAB) {
      report(
        `kept ${path}${bytes}, from which \`npm run vm\` builds: remove it by hand if you like`,
      );
      continue;
    }
    await rm(path, { recursive: true, force: true });
    report(`removed ${path}${bytes}`);
  }
}

/** How much a folder holds, in brackets; nothing where `du` cannot say it. */
async function sizeOf(path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('du', ['-sh', path]);
    return ` (${stdout.split('\t')[0] ?? ''})`;
  } catch {
    return '';
  }
}
