import { rm } from 'node:fs/promises';
import { cacheFolder } from './engine/cache.ts';
import { removePrivateEngine } from './engine/private.ts';
import { reachableEngine } from './engine/reachable.ts';
import { removeImages } from './image/images.ts';
import { removeOrphans } from './labels.ts';
import type { Report } from './model.ts';

/**
 * Removes all that labs keep between runs: their images, in a reachable Engine too, and the private
 * Engine. What another process uses right now stays.
 */
export async function cleanLabs(report: Report): Promise<void> {
  const reachable = await reachableEngine();
  if (typeof reachable !== 'string') {
    await removeOrphans(reachable.docker);
    await removeImages(reachable.docker);
    report(`removed the lab images in ${reachable.name}`);
  }
  if (await removePrivateEngine(report)) {
    await rm(cacheFolder(), { recursive: true, force: true });
    report(`removed ${cacheFolder()}`);
  } else {
    report(
      `left ${cacheFolder()} alone: another process uses it. Run this again when it has ended`,
    );
  }
}
