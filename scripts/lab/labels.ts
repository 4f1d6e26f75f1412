import type Docker from 'dockerode';
import { isGone, self } from './owner.ts';

/** Which process a container or volume belongs to: see `Owner`. */
const OWNER = 'you-like-docker.owner';

/** Labels of everything that must not outlive this process. */
export function ownLabels(): Record<string, string> {
  return { [OWNER]: self() };
}

/** For the image that a labelled container is committed to, which belongs to nobody. */
export const DISOWN = `LABEL ${OWNER}=""`;

/** Removes the containers and volumes of processes that ended without doing so. @returns how many labs. */
export async function removeOrphans(docker: Docker): Promise<number> {
  const filters = { label: [OWNER] };
  const containers = await docker.listContainers({ all: true, filters });
  const orphans = containers.filter(({ Labels }) => isGone(Labels[OWNER] ?? ''));
  await Promise.all(orphans.map(({ Id }) => removeContainer(docker, Id)));
  const { Volumes } = await docker.listVolumes({ filters });
  const volumes = Volumes.filter(({ Labels }) => isGone(Labels[OWNER] ?? ''));
  await Promise.all(volumes.map(({ Name }) => docker.getVolume(Name).remove().catch(unlessAbsent)));
  return orphans.length;
}

/** Ends and removes a container with its volumes; one that is not there, or on its way out, is no error. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  await docker.getContainer(id).remove({ force: true, v: true }).catch(unlessAbsent);
}

/** 404: not there. 409: somebody else is removing it. No answer: it has ended with its Engine. */
function unlessAbsent(error: unknown): void {
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  const isAbsent = statusCode === 404 || statusCode === 409;
  const isDown = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(code ?? '');
  if (!isAbsent && !isDown) throw error;
}
