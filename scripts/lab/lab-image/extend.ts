import type Docker from 'dockerode';
import { atHome, LAB_HOME, networkedContainer } from '../container.ts';
import { LabError } from '../error.ts';
import type { OnProgress } from '../model.ts';
import { packTar } from '../tar.ts';
import { commitAfter } from './commit.ts';
import type { Definition } from './definition.ts';
import type { LabImage } from './images.ts';

/**
 * Extends a lab image: a container of it installs or serves the packages of the definition
 * (`extend/install.sh`) and is committed.
 * @throws {LabError} if they cannot be installed.
 */
export async function extendImage(
  docker: Docker,
  definition: Definition,
  base: LabImage,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<LabImage> {
  const { name, files } = definition;
  report(`fetching the packages of the lab ${name}`);
  const container = networkedContainer(
    base.reference,
    ['bash', `${LAB_HOME}/extend/install.sh`],
    ['/var/cache/apt', '/var/lib/apt/lists'],
  );
  return commitAfter(docker, definition, {
    container,
    fill: async (created) => {
      await created.putArchive(await packTar(atHome(files)), { path: '/' });
    },
    failure: (status, log) =>
      new LabError(
        `the packages of the lab ${name} could not be fetched (exit status ${status})`,
        `check the network (deb.debian.org) and the list of packages in scripts/lab/images/${name}`,
        { log },
      ),
    report,
    ...(signal && { signal }),
  });
}
