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

/**
 * Removes all lab images that are not in use; of a definition with this name, if given, all but the
 * newest ones, since other checkouts may use them.
 */
export async function removeImages(docker: Docker, name?: string): Promise<void> {
  const label = name === undefined ? DEFINITION : `${DEFINITION}=${name}`;
  const images = await docker.listImages({ filters: { label: [label] } });
  images.sort((a, b) => b.Created - a.Created);
  for (const { Id } of images.slice(name === undefined ? 0 : KEPT))
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

/** Lines of a Dockerfile that mark an image as that of a definition. */
export function marks({ name }: Pick<Definition, 'name'>, versions?: Versions): string[] {
  const own = versions && `LABEL ${VERSIONS}='${JSON.stringify(versions)}'`;
  return [`LABEL ${DEFINITION}="${name}"`, ...(own ? [own] : [])];
}
