import type Docker from 'dockerode';
import { LabError } from '../error.ts';
import { followToEnd } from './follow.ts';
import { hasImage } from './images.ts';

/** Pulls an image if the Engine does not have it. @throws {LabError} if it cannot be pulled. */
export async function pullIfAbsent(docker: Docker, image: string): Promise<void> {
  if (await hasImage(docker, image)) return;
  try {
    const progress = await docker.pull(image);
    await followToEnd(docker, progress);
  } catch (cause) {
    const what = `the image ${image} cannot be pulled: ${String(cause)}`;
    throw new LabError(what, 'check the network', { cause });
  }
}
