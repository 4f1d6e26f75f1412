import type Docker from 'dockerode';
import { atHome, LAB_HOME, nestingContainer } from '../container.ts';
import { LabError } from '../error.ts';
import type { OnProgress } from '../model.ts';
import { packTar } from '../tar.ts';
import { commitAfter } from './commit.ts';
import type { Definition } from './definition.ts';
import type { LabImage } from './images.ts';
import { importImage } from './import.ts';

/** The archives that fetch.sh writes: the lab's root filesystem, and the parts of its registry. */
export interface Fetched {
  readonly lab: string;
  readonly parts: string;
}

/**
 * Makes the lab image from the fetched archives: imports the root filesystem, builds the images of
 * the lessons in a container of it (`build/prepare.sh`), and makes an image of that container.
 * @throws {LabError} if the images of the lessons cannot be built.
 */
export async function prepareImage(
  docker: Docker,
  definition: Definition,
  fetched: Fetched,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<LabImage> {
  report('importing the lab');
  const base = await importImage(docker, fetched.lab, 'you-like-docker/base', definition.hash);
  signal?.throwIfAborted();
  report('building the images of the lessons');
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
          `the images of the lessons could not be built (exit status ${status})`,
          'see the messages of scripts/lab/recipe/build/prepare.sh below',
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
