import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './outer-engine/cache.ts';
import { removePrivateEngine } from './outer-engine/private.ts';
import { reachableEngine } from './outer-engine/reachable.ts';
import { removeImages } from './lab-image/images.ts';
import { removeOrphans } from './labels.ts';
import type { OnProgress } from './model.ts';

/** Folder of the browser lab in the cache. It takes many minutes to build, and no lab uses it. */
const BROWSER_LAB = 'vm';

/**
 * Removes everything that labs keep between runs: their images, also in a reachable Engine, and the
 * private Engine. Keeps what another process is using, and the build results of the browser lab.
 */
export async function cleanLabs(report: OnProgress): Promise<void> {
  const reachable = await reachableEngine();
  if (typeof reachable !== 'string') {
    await removeOrphans(reachable.docker);
    await removeImages(reachable.docker);
    report(`removed the lab images in ${reachable.name}`);
  }
  const size = await sizeOf(join(cacheFolder(), 'engine'));
  if (!(await removePrivateEngine(report))) {
    report(`kept ${cacheFolder()}: another process is using it. Run this again when it has ended`);
    return;
  }
  report(`removed the private Docker Engine and its images${size}`);
  for (const name of await readdir(cacheFolder()).catch(() => [])) {
    const path = join(cacheFolder(), name);
    const bytes = await sizeOf(path);
    if (name === BROWSER_LAB) {
      report(`kept ${path}${bytes}, which \`npm run vm\` uses: remove it by hand if you want to`);
      continue;
    }
    await rm(path, { recursive: true, force: true });
    report(`removed ${path}${bytes}`);
  }
}

/** Size of a folder in parentheses; empty if `du` fails. */
async function sizeOf(path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('du', ['-sh', path]);
    return ` (${stdout.split('\t')[0] ?? ''})`;
  } catch {
    return '';
  }
}
