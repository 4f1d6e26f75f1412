import type Docker from 'dockerode';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../outer-engine/cache.ts';
import { withLock } from '../../../src/process/lock.ts';
import type { OnProgress } from '../model.ts';
import { addsImages, type Definition } from './definition.ts';
import { extendImage } from './extend.ts';
import { fetchParts } from './fetch.ts';
import { findImage, type LabImage, removeImages } from './images.ts';
import { addImages } from './more-images.ts';
import { prepareImage } from './prepare.ts';
import { fetchPublished } from './published.ts';
import { differences, readLock } from './versions.ts';

/**
 * The lab image of a definition. If the Engine does not have it, it is built, after the image that
 * it extends. This takes about a minute, mostly for downloads. The oldest images of the same name
 * are then removed.
 * @throws {LabError} if it cannot be built.
 */
export async function ensureImage(
  docker: Docker,
  definition: Definition,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<LabImage> {
  const present = await findImage(docker, definition);
  if (present) return present;
  const lock = join(cacheFolder(), 'build.lock');
  const waiting = (): void => report('waiting for another process that builds a lab');
  return withLock(lock, waiting, signal, () => findOrBuild(docker, definition, report, signal));
}

async function findOrBuild(
  docker: Docker,
  definition: Definition,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<LabImage> {
  const built = await findImage(docker, definition);
  if (built) return built;
  const { base } = definition;
  const published = await fetchPublished(docker, definition, report);
  if (published) return published;
  const image = base
    ? await (addsImages(definition) ? addImages : extendImage)(
        docker,
        definition,
        await findOrBuild(docker, base, report, signal),
        report,
        signal,
      )
    : await buildFromNothing(docker, definition, report, signal);
  await removeImages(docker, definition.name);
  const different = differences(await readLock(definition), image.versions);
  if (different) report(`versions in the lab differ from its lock file: ${different}`);
  return image;
}

async function buildFromNothing(
  docker: Docker,
  definition: Definition,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<LabImage> {
  const folder = join(cacheFolder(), 'build', `${definition.name}-${definition.hash}`);
  const fetching = {
    files: definition.files,
    command: (out: string) => ['build/fetch.sh', 'definition', out],
    makes: ['lab.tar', 'parts.tar'],
  };
  await fetchParts(docker, fetching, folder, report, signal);
  const fetched = { lab: join(folder, 'lab.tar'), parts: join(folder, 'parts.tar') };
  signal?.throwIfAborted();
  const image = await prepareImage(docker, definition, fetched, report, signal);
  await rm(join(cacheFolder(), 'build'), { recursive: true, force: true });
  return image;
}
