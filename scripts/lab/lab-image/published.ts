import type Docker from 'dockerode';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../error.ts';
import type { RegistryUser, OnProgress } from '../model.ts';
import type { Definition } from './definition.ts';
import { findImage, type LabImage, referenceOf } from './images.ts';
import { followToEnd } from './follow.ts';
import { pullIfAbsent } from './pull.ts';

/** The published image of a definition, as in its file `published.json`. */
interface Published {
  /** Hash of the definition from which it was built. */
  readonly hash: string;
  /** `REPOSITORY@sha256:…` */
  readonly image: string;
}

/**
 * The published image of a definition, if it was built from exactly this definition and can be
 * pulled. Otherwise the image is built, for example without a network.
 */
export async function fetchPublished(
  docker: Docker,
  definition: Definition,
  report: OnProgress,
): Promise<LabImage | undefined> {
  const published = await readPublished(definition);
  if (published?.hash !== definition.hash) return undefined;
  report(`fetching the published image of the lab ${definition.name}`);
  try {
    await pullAs(docker, published.image, referenceOf(definition));
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    report(`${error.message}; the lab is built here instead`);
    return undefined;
  }
  return findImage(docker, definition);
}

/**
 * Pushes the image of a definition, and writes its digest to `published.json`.
 * @param repository such as `ghcr.io/somebody/you-like-docker/lab`
 * @returns path of that file
 * @throws {LabError} if it cannot be pushed
 */
export async function publishImage(
  docker: Docker,
  definition: Definition,
  repository: string,
  user: RegistryUser | undefined,
): Promise<string> {
  const target = { repository, tag: `${definition.name}-${definition.hash}` };
  const image = await pushAs(docker, referenceOf(definition), target, user);
  const file = publishedFile(definition);
  const published: Published = { hash: definition.hash, image };
  await writeFile(file, `${JSON.stringify(published, null, 2)}\n`);
  return file;
}

/**
 * Pushes an image under another name.
 * @returns its name with the digest, `REPOSITORY@sha256:…`
 * @throws {LabError}
 */
export async function pushAs(
  docker: Docker,
  reference: string,
  { repository, tag }: { repository: string; tag: string },
  user: RegistryUser | undefined,
): Promise<string> {
  await docker.getImage(reference).tag({ repo: repository, tag });
  const name = `${repository}:${tag}`;
  try {
    const progress = await docker
      .getImage(name)
      .push({ authconfig: { serveraddress: '', ...(user ?? { username: '', password: '' }) } });
    const said = await followToEnd(docker, progress);
    const digest = said.find(({ aux }) => aux?.Digest)?.aux?.Digest;
    if (digest === undefined) throw new Error('the registry returned no digest');
    return `${repository}@${digest}`;
  } catch (cause) {
    throw new LabError(
      `the image ${name} cannot be pushed: ${String(cause)}`,
      'check the credentials, and whether the registry can be reached',
      { cause },
    );
  } finally {
    await docker.getImage(name).remove();
  }
}

/** Pulls an image by its digest and tags it as `reference`. @throws {LabError} */
export async function pullAs(docker: Docker, image: string, reference: string): Promise<void> {
  await pullIfAbsent(docker, image);
  const at = reference.lastIndexOf(':');
  const name = { repo: reference.slice(0, at), tag: reference.slice(at + 1) };
  await docker.getImage(image).tag(name);
}

async function readPublished(definition: Definition): Promise<Published | undefined> {
  const text = await readFile(publishedFile(definition), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Published);
}

function publishedFile({ folder }: Definition): string {
  return join(folder, 'published.json');
}
