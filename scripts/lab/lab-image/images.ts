import type Docker from 'dockerode';
import type { Definition } from './definition.ts';
import type { Versions } from './versions.ts';

const REPOSITORY = 'you-like-docker/lab';
/** Labels of a lab image: its definition, and the versions of its packages as JSON. */
const DEFINITION = 'you-like-docker.definition';
const VERSIONS = 'you-like-docker.versions';

/** Number of images of one definition that are kept. */
const KEPT = 4;

export interface LabImage {
  /** Name for the Engine. */
  readonly reference: string;
  readonly versions: Versions;
}

/** Removes all lab images. Those in use stay. */
export function removeImages(docker: Docker): Promise<void> {
  return removeAllBut(docker, DEFINITION, 0);
}

/** Removes all but the newest lab images of a definition. Other checkouts may still use a few. */
export function removeOldImages(docker: Docker, { name }: Pick<Definition, 'name'>): Promise<void> {
  return removeAllBut(docker, `${DEFINITION}=${name}`, KEPT);
}

async function removeAllBut(docker: Docker, label: string, kept: number): Promise<void> {
  const images = await docker.listImages({ filters: { label: [label] } });
  images.sort((a, b) => b.Created - a.Created);
  for (const { Id } of images.slice(kept))
    await docker
      .getImage(Id)
      .remove({ force: true })
      .catch(() => undefined);
}

/** The lab image of a definition, if the Engine has it. */
export async function findImage(
  docker: Docker,
  definition: Definition,
): Promise<LabImage | undefined> {
  const reference = referenceOf(definition);
  const found = await docker
    .getImage(reference)
    .inspect()
    .catch(() => undefined);
  if (!found) return undefined;
  const versions = JSON.parse(found.Config.Labels[VERSIONS] ?? '{}') as Versions;
  return { reference, versions };
}

/** The name of a definition's image: `REPOSITORY:NAME-HASH`. */
export function referenceOf({ name, hash }: Definition): string {
  return `${REPOSITORY}:${name}-${hash}`;
}

/** Whether the Engine has an image of that name. */
export function hasImage(docker: Docker, reference: string): Promise<boolean> {
  return docker
    .getImage(reference)
    .inspect()
    .then(
      () => true,
      () => false,
    );
}

/** Lines of a Dockerfile that mark an image as the lab image of a definition. */
export function marks({ name }: Definition, versions: Versions): string[] {
  return [...markedAs(name), `LABEL ${VERSIONS}='${JSON.stringify(versions)}'`];
}

/** The same for an image without versions. */
export function markedAs(name: string): string[] {
  return [`LABEL ${DEFINITION}="${name}"`];
}
