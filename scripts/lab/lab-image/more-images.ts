import type Docker from 'dockerode';
import { posix } from 'node:path';
import { atHome, LAB_HOME, networkedContainer } from '../container.ts';
import { LabError } from '../error.ts';
import type { OnProgress } from '../model.ts';
import { packTar, type TarEntry } from '../tar.ts';
import { commitAfter } from './commit.ts';
import type { Definition } from './definition.ts';
import type { LabImage } from './images.ts';
import { archiveName, fetchNpm, npmRegistry } from './npm.ts';

/** The lock file of the packages of the npm registry that the lab serves. */
const SERVED = 'definition/served-npm/package-lock.json';
/** Lock files of the packages of which an image is made. */
const PART_OF_IMAGE = /^definition\/images\/[^/]+\/package-lock\.json$/;

/**
 * Extends a lab image: a container of it builds more images into the lab's registry
 * (`more-images/build.sh`) and is committed.
 * @throws {LabError} if they cannot be built.
 */
export async function addImages(
  docker: Docker,
  definition: Definition,
  base: LabImage,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<LabImage> {
  const { name, files } = definition;
  report(`fetching the npm packages of the lab ${name}`);
  const packages = await npmFiles(files, await cpuOf(docker));
  signal?.throwIfAborted();
  report(`building the images of the lab ${name}`);
  const container = networkedContainer(
    base.reference,
    ['bash', `${LAB_HOME}/more-images/build.sh`],
    ['/var/lib/docker', '/var/lib/containerd'],
  );
  return commitAfter(docker, definition, {
    container,
    fill: async (created) => {
      await created.putArchive(await packTar(atHome([...files, ...packages])), { path: '/' });
    },
    failure: (status, log) =>
      new LabError(
        `the images of the lab ${name} could not be built (exit status ${status})`,
        `check the network (deb.debian.org) and scripts/lab/images/${name}/images`,
        { log },
      ),
    report,
    ...(signal && { signal }),
  });
}

/** The processor of an Engine's machine, in the words of Node.js. */
async function cpuOf(docker: Docker): Promise<string> {
  const { Arch } = await docker.version();
  return Arch === 'amd64' ? 'x64' : Arch;
}

async function npmFiles(files: readonly TarEntry[], cpu: string): Promise<TarEntry[]> {
  const found = await Promise.all(
    files.map(async ({ path, content }) => {
      if (path === SERVED) {
        const served = npmRegistry(await fetchNpm(content.toString(), cpu));
        return served.map((file) => ({ ...file, path: `archive/npm/${file.path}` }));
      }
      if (!PART_OF_IMAGE.test(path)) return [];
      const parts = await fetchNpm(content.toString(), cpu);
      const folder = posix.join(posix.dirname(path), 'packages');
      return parts.map((one) => ({ path: `${folder}/${archiveName(one)}`, content: one.archive }));
    }),
  );
  return found.flat();
}
