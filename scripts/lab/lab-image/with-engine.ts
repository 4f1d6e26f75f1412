import type Docker from 'dockerode';
import { join } from 'node:path';
import { cacheFolder } from '../outer-engine/cache.ts';
import type { Engine } from '../../../src/core/recording/engines.ts';
import { LabError } from '../error.ts';
import { ownLabels, removeContainer } from '../labels.ts';
import type { OnProgress } from '../model.ts';
import { withLock } from '../../../src/process/lock.ts';
import { imageFrom } from './commit.ts';
import type { Definition } from './definition.ts';
import { findImage, removeImages, type LabImage } from './images.ts';
import { pullIfAbsent } from './pull.ts';

/** The programs of an Engine, each with the places where an image may have it. */
const PROGRAMS: Readonly<Record<'dockerd' | 'docker-proxy' | 'docker', readonly string[]>> = {
  dockerd: ['/usr/local/bin', '/usr/bin', '/usr/sbin'],
  'docker-proxy': ['/usr/local/bin', '/usr/bin', '/usr/sbin'],
  docker: ['/usr/local/bin', '/usr/bin'],
};
/** The folders in which Debian's packages have them. */
const FOLDERS = { dockerd: '/usr/sbin', 'docker-proxy': '/usr/sbin', docker: '/usr/bin' };

/** The lab image of a definition with another Engine, and where that Engine came from. */
export interface OtherEngine extends LabImage {
  /** Name of the image with the Engine. */
  readonly engineImage: string;
}

/**
 * The lab image of a definition with the Engine and the client of another image; containerd, runc,
 * buildx and compose stay those of the lab. It is made in a few seconds if the outer Engine does
 * not have it.
 * @param engine `ENGINE_IMAGE` names another image that has it
 * @throws {LabError} if there is no such image, or if it lacks a program
 */
export async function withEngine(
  docker: Docker,
  definition: Definition,
  base: LabImage,
  { name, image }: Engine,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<OtherEngine> {
  const engineImage = process.env['ENGINE_IMAGE'] || image;
  await pullIfAbsent(docker, engineImage);
  const { Id } = await docker.getImage(engineImage).inspect();
  const own: Definition = {
    ...definition,
    name: `${definition.name}-engine-${name}`,
    hash: `${definition.hash}-${Id.replace(/^sha256:/, '').slice(0, 12)}`,
  };
  const waiting = (): void => report('waiting for another process that builds a lab');
  return withLock(join(cacheFolder(), 'build.lock'), waiting, signal, async () => {
    const present = await findImage(docker, own);
    if (present) return { ...present, engineImage };
    report(`making the lab ${definition.name} with Engine ${name}`);
    const create = (Image: string) =>
      docker.createContainer({ Image, Cmd: ['true'], Entrypoint: [], Labels: ownLabels() });
    const [from, into] = await Promise.all([create(engineImage), create(base.reference)]);
    try {
      for (const program of Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[]) {
        const archive = await programIn(from, program, engineImage);
        await into.putArchive(archive, { path: FOLDERS[program] });
      }
      const made = await imageFrom(docker, into, own, base.versions, false);
      await removeImages(docker, own.name);
      return { ...made, engineImage };
    } finally {
      for (const { id } of [from, into]) await removeContainer(docker, id);
    }
  });
}

/** A program of a container that is not running, as an archive. @throws {LabError} if absent */
async function programIn(
  container: Docker.Container,
  name: keyof typeof PROGRAMS,
  image: string,
): Promise<NodeJS.ReadableStream> {
  for (const folder of PROGRAMS[name]) {
    const archive = await container
      .getArchive({ path: `${folder}/${name}` })
      .catch(() => undefined);
    if (archive) return archive;
  }
  throw new LabError(
    `the image ${image} has no ${name} in ${PROGRAMS[name].join(', ')}`,
    'name an image of a Docker Engine for Linux in ENGINE_IMAGE',
  );
}
