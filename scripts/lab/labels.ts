import type Docker from 'dockerode';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGone, self } from '../../src/process/owner.ts';

/** Which process a container or volume belongs to: see `Owner`. */
const OWNER = 'you-like-docker.owner';

/** Labels of everything that must not outlive this process. */
export function ownLabels(): Record<string, string> {
  return { [OWNER]: self() };
}

/** For the image that a labelled container is committed to, which belongs to nobody. */
export const DISOWN = `LABEL ${OWNER}=""`;

/** Removes the containers, images and volumes of processes that ended without doing so. @returns how many labs. */
export async function removeOrphans(docker: Docker): Promise<number> {
  const filters = { label: [OWNER] };
  const containers = await docker.listContainers({ all: true, filters });
  const orphans = containers.filter(({ Labels }) => isGone(Labels[OWNER] ?? ''));
  await Promise.all(orphans.map(({ Id }) => removeContainer(docker, Id)));
  const { Volumes } = await docker.listVolumes({ filters });
  const volumes = Volumes.filter(({ Labels }) => isGone(Labels[OWNER] ?? ''));
  await Promise.all(volumes.map(({ Name }) => removeVolume(docker, Name)));
  const images = await docker.listImages({ filters });
  for (const { Id, Labels } of images)
    if (isGone(Labels[OWNER] ?? '')) await removeImage(docker, Id);
  return orphans.length;
}

/** An image of which somebody has made a container meanwhile is removed another time. */
async function removeImage(docker: Docker, id: string): Promise<void> {
  await docker
    .getImage(id)
    .remove({ force: true })
    .catch((error: unknown) => {
      if (!isAbsent(error) && !isDown(error)) throw error;
    });
}

/** A volume that is in use again, or gone, is none of ours any more. */
async function removeVolume(docker: Docker, name: string): Promise<void> {
  await docker
    .getVolume(name)
    .remove()
    .catch((error: unknown) => {
      if (!isAbsent(error) && !isDown(error)) throw error;
    });
}

/**
 * Ends and removes a container with its volumes; one that is not there, or on its way out, is no error.
 * @returns whether it is gone for certain: not if no Engine answers.
 */
export async function removeContainer(docker: Docker, id: string): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      await docker.getContainer(id).remove({ force: true, v: true });
      return true;
    } catch (error) {
      if (isAbsent(error)) return true;
      if (isDown(error)) return false;
      // "device or resource busy", for one: a mount of it may still be on its way out.
      if (tries === 3) throw error;
      await sleep(300);
    }
  }
}

/** 404: not there. 409: somebody else is removing it. */
function isAbsent(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: number };
  return statusCode === 404 || statusCode === 409;
}

/** No answer: it has ended with its Engine. */
function isDown(error: unknown): boolean {
  const { code } = error as { code?: string };
  return ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(code ?? '');
}
