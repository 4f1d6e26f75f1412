import type Docker from 'dockerode';
import { Demux } from '../demux.ts';
import type { LabError } from '../error.ts';
import { DISOWN, ownLabels, removeContainer } from '../labels.ts';
import type { OnProgress } from '../model.ts';
import type { Definition } from './definition.ts';
import { followToEnd } from './follow.ts';
import { type LabImage, marks, referenceOf } from './images.ts';
import { progressOf } from './progress.ts';
import type { Versions } from './versions.ts';

/** A container that becomes a lab image. */
export interface ImageBuild {
  /** Its program installs what the image adds. Its last line of output is the versions, as JSON. */
  readonly container: Docker.ContainerCreateOptions;
  /** Copies what the program needs into the container, before it is started. */
  readonly fill: (container: Docker.Container) => Promise<void>;
  /** Error for a program that does not exit with 0, given the end of its output. */
  readonly failure: (status: number, log: string) => LabError;
  /** Whether the image must not depend on the image of the container, which is removed later. */
  readonly alone?: boolean;
  readonly report: OnProgress;
  readonly signal?: AbortSignal;
}

/**
 * Runs a container to its end and commits it as the lab image of a definition.
 * @throws {LabError} if its program fails.
 */
export async function commitAfter(
  docker: Docker,
  definition: Definition,
  { container: options, fill, failure, alone = false, report, signal }: ImageBuild,
): Promise<LabImage> {
  const container = await docker.createContainer(options);
  const remove = (): Promise<boolean> => removeContainer(docker, container.id);
  const abort = (): void => void remove();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await fill(container);
    const { status, log } = await runToEnd(container, report);
    if (status !== 0) throw failure(status, log);
    const versions = JSON.parse(log.split('\n').at(-1) ?? '') as Versions;
    return await imageFrom(docker, container, definition, versions, alone);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await remove();
  }
}

async function runToEnd(
  container: Docker.Container,
  report: OnProgress,
): Promise<{ status: number; log: string }> {
  const output = await container.attach({ stream: true, stdout: true, stderr: true });
  const demux = new Demux();
  output.pipe(demux);
  output.on('close', () => demux.end());
  const progress = progressOf(demux.stdout, demux.stderr, report);
  await container.start();
  // Ask for the status only now: if the connection broke while waiting, the answer would never
  // come.
  const log = await progress;
  const { StatusCode } = (await container.wait()) as { StatusCode: number };
  return { status: StatusCode, log };
}

/**
 * Makes the lab image of a definition from the content of a container.
 * @param alone whether to make it independent of the container's image: otherwise, that image could
 *   not be removed, and would stay in the Engine without a name
 */
export async function imageFrom(
  docker: Docker,
  container: Docker.Container,
  definition: Definition,
  versions: Versions,
  alone: boolean,
): Promise<LabImage> {
  const reference = referenceOf(definition);
  const [repo, tag] = reference.split(':');
  const changes = [...marks(definition, versions), DISOWN, 'CMD ["bash"]'];
  if (alone) {
    // The archive of a container has the files of its volumes: take that of one without volumes.
    const { Id } = (await container.commit()) as { Id: string };
    const copy = await docker.createContainer({ Image: Id, Cmd: ['none'], Labels: ownLabels() });
    try {
      // Not `export`: Engine 26.1 then keeps the container's layer, mounted, until it ends
      // (https://github.com/moby/moby/issues/48516).
      const files = await copy.getArchive({ path: '/' });
      await followToEnd(docker, await docker.importImage(files, { repo, tag, changes }));
    } finally {
      await removeContainer(docker, copy.id);
      await docker.getImage(Id).remove({ noprune: true });
    }
  } else await container.commit({ repo, tag, changes: changes.join('\n') });
  return { reference, versions };
}
