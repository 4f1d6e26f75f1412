import type Docker from 'dockerode';
import { createReadStream } from 'node:fs';

/** Makes an image of a root filesystem; `changes` are lines of a Dockerfile. */
export async function importImage(
  docker: Docker,
  archive: string,
  repo: string,
  tag: string,
  changes: readonly string[] = [],
): Promise<string> {
  const progress = await docker.importImage(createReadStream(archive), { repo, tag, changes });
  await new Promise<void>((done, fail) =>
    docker.modem.followProgress(progress, (error) => (error ? fail(error) : done())),
  );
  return `${repo}:${tag}`;
}
