import type Docker from 'dockerode';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../outer-engine/cache.ts';
import { withLock } from '../../../src/process/lock.ts';
import type { OnProgress } from '../model.ts';
import { readEngine } from './definition.ts';
import { fetchParts } from './fetch.ts';
import { hasImage, marks, removeImages } from './images.ts';
import { importImage } from './import.ts';

/**
 * An image with the Engine of another Debian release, in which lessons can be run with `LAB_IMAGE`.
 * It is built in about a minute if the outer Engine does not have it.
 * @param suite a folder in `scripts/lab/engines`
 * @returns its name in the outer Engine
 * @throws {LabError} if it cannot be built.
 */
export async function ensureEngine(
  docker: Docker,
  suite: string,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<string> {
  const { name, hash, files } = await readEngine(suite);
  const repo = 'you-like-docker/engine';
  const reference = `${repo}:${suite}-${hash}`;
  if (await hasImage(docker, reference)) return reference;
  const waiting = (): void => report('waiting for another process that builds a lab');
  return withLock(join(cacheFolder(), 'build.lock'), waiting, signal, async () => {
    if (await hasImage(docker, reference)) return reference;
    report(`fetching the Docker Engine of Debian ${suite}`);
    const folder = join(cacheFolder(), 'build', `${name}-${hash}`);
    const fetching = {
      files,
      command: (out: string) => ['build/root.sh', suite, 'engine/packages', `${out}/root.tar`],
      makes: ['root.tar'],
    };
    await fetchParts(docker, fetching, folder, report, signal);
    signal?.throwIfAborted();
    await importImage(docker, join(folder, 'root.tar'), repo, `${suite}-${hash}`, marks({ name }));
    await removeImages(docker, name);
    await rm(folder, { recursive: true, force: true });
    return reference;
  });
}
