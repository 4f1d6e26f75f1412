import type Docker from 'dockerode';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGone, self } from '../../src/process/owner.ts';

/** Label that names the process that a container or volume belongs to; see `Owner`. */
const OWNER = 'you-like-docker.owner';

/** Labels for everything that must be removed when this process has ended. */
export function ownLabels(): Record<string, string> {
  return { [OWNER]: self() };
}

/** Clears the owner in an image that is committed from a labeled container. */
export const DISOWN = `LABEL ${OWNER}=""`;

/**
 * Removes containers, images and volumes that processes have left behind.
 * @returns number of removed containers
 */
export async function removeOrphans(docker: Docker): Promise<number> {
  const filters = { label: [OWNER] };
  const containers = await docker.listContainers({ all: true, filters });
  const orphans = containers.filter(({ Labels }) => isGone(Labels[OWNER] ?? ''));
  await Promise.all(orphans.map(({ Id }) => removeContainer(docker, Id)));
  const { Volumes } = await docker.listVolumes({ filters });
  const volumes = Volumes.filter(({ Labels }) => isGone(Labels[OWNER] ?? ''));
  await Promise.all(volumes.map(({ Name }) => removed(docker.getVolume(Name).remove())));
  const images = await docker.listImages({ filters });
  for (const { Id, Labels } of images)
    if (isGone(Labels[OWNER] ?? '')) await removed(docker.getImage(Id).remove({ force: true }));
  return orphans.length;
}

/** Waits for a removal. What is in use again stays until the next run. */
async function removed(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!isAbsent(error) && !isDown(error)) throw error;
  });
}

/**
 * Stops and removes a container with its volumes. It is not an error if the container does not
 * exist or is already being removed.
 * @returns whether it is certainly gone; false if no Engine answers
 */
export async function removeContainer(docker: Docker, id: string): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      await docker.getContainer(id).remove({ force: true, v: true });
      return true;
    } catch (error) {
      if (isAbsent(error)) return true;
      if (isDown(error)) return false;
      // For example "device or resource busy", while a mount is still being removed.
      if (tries === 3) throw error;
      await sleep(300);
    }
  }
}

/** 404: it does not exist. 409: another process is removing it. */
function isAbsent(error: unknown): boolean {
  const { statusCode } = error as { statusCode?: number };
  return statusCode === 404 || statusCode === 409;
}

/** The Engine does not answer, so the container has ended with it. */
function isDown(error: unknown): boolean {
  const { code } = error as { code?: string };
  return ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(code ?? '');
}
