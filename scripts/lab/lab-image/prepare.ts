import type Docker from 'dockerode';
import { atHome, LAB_HOME, nestingContainer } from '../container.ts';
import { LabError } from '../error.ts';
import type { Report } from '../model.ts';
import { packTar } from '../tar.ts';
import { commitAfter } from './commit.ts';
import type { Definition } from './definition.ts';
import type { LabImage } from './images.ts';
import { importImage } from './import.ts';

/** The two archives that fetch.sh makes: the lab's root filesystem, and what its registry is made of. */
export interface Fetched {
  readonly lab: string;
  readonly parts: string;
}

/**
 * Makes the lab image of what was fetched: imports the root filesystem, lets a container of it make
 * the images of the lessons (`build/prepare.sh`), and makes an image of all that is in it then.
 * @throws {LabError} if the images cannot be made.
 */
export async function prepareImage(
  docker: Docker,
  definition: Definition,
  fetched: Fetched,
  report: Report,
  signal?: AbortSignal,
): Promise<LabImage> {
  report('importing the lab');
  const base = await importImage(docker, fetched.lab, 'you-like-docker/base', definition.hash);
  signal?.throwIfAborted();
  report('making the images of the lessons');
  const parts = `${LAB_HOME}/parts`;
  try {
    return await commitAfter(docker, definition, {
      container: nestingContainer(
        base,
        ['bash', `${LAB_HOME}/build/prepare.sh`],
        ['/var/lib/docker', parts],
      ),
      fill: async (container) => {
        const files = atHome(definition.files);
        await container.putArchive(await packTar(files), { path: '/' });
        await container.putArchive(fetched.parts, { path: parts });
      },
      failure: (status, log) =>
        new LabError(
          `the images of the lessons could not be made (exit status ${status})`,
          'its messages below say why; they come from scripts/lab/recipe/build/prepare.sh',
          { log },
        ),
      alone: true,
      report,
      ...(signal && { signal }),
    });
  } finally {
    await docker
      .getImage(base)
      .remove({ noprune: true })
      .catch(() => undefined);
  }
}
