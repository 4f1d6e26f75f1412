import type Docker from 'dockerode';
import { createReadStream } from 'node:fs';
import { followToEnd } from './follow.ts';

/** Imports a root filesystem as an image; `changes` are lines of a Dockerfile. */
export async function importImage(
  docker: Docker,
  archive: string,
  repo: string,
  tag: string,
  changes: readonly string[] = [],
): Promise<string> {
  const progress = await docker.importImage(createReadStream(archive), { repo, tag, changes });
  await followToEnd(docker, progress);
  return `${repo}:${tag}`;
}
