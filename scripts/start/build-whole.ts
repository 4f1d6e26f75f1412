import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { untilAborted } from '../command/until-aborted.ts';
import { buildSite } from '../site/build.ts';

/**
 * Builds the site beside `dist` and then puts it there, so that an interrupt leaves the folder as
 * it was. The caller has to end the process if this is interrupted.
 * @param root folder of the project
 * @throws {Error} as `buildSite`; or `interrupted`
 */
export async function buildWhole(root: string, signal: AbortSignal): Promise<void> {
  const fresh = join(root, '.astro/site');
  const dist = join(root, 'dist');
  try {
    await untilAborted(buildSite({ stale: 'show', root, outDir: fresh }), signal);
    await rm(dist, { recursive: true, force: true });
    await rename(fresh, dist);
  } finally {
    // An interrupted build may still be writing.
    await rm(fresh, { recursive: true, force: true, maxRetries: 5 });
  }
}
