import type Docker from 'dockerode';
import { createReadStream } from 'node:fs';
import { atHome, LAB_HOME, nestingContainer } from '../container.ts';
import { Demux } from '../demux.ts';
import { LabError } from '../error.ts';
import { DISOWN, removeContainer } from '../labels.ts';
import type { Report } from '../model.ts';
import { packTar } from '../tar.ts';
import { type Definition, readBootFiles } from './definition.ts';
import type { Fetched } from './fetch.ts';
import { type LabImage, marks, referenceOf } from './images.ts';
import { lastLine, progressOf } from './progress.ts';
import type { Versions } from './versions.ts';

/**
 * Makes the lab image of what was fetched: imports the root filesystem, lets a container of it make
 * the images of the lessons (`build/prepare.sh`), and commits that container.
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
  const base = await importBase(docker, definition, fetched.lab);
  signal?.throwIfAborted();
  report('making the images of the lessons');
  const parts = `${LAB_HOME}/parts`;
  const container = await docker.createContainer(
    nestingContainer(base, ['bash', `${LAB_HOME}/build/prepare.sh`], ['/var/lib/docker', parts]),
  );
  const remove = (): Promise<boolean> => removeContainer(docker, container.id);
  const abort = (): void => void remove();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const files = atHome([...definition.files, ...(await readBootFiles())]);
    await container.putArchive(packTar(files), { path: '/' });
    await container.putArchive(fetched.parts, { path: parts });
    const versions = await runToEnd(container, report);
    return await commit(container, definition, versions);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    await remove();
    await docker
      .getImage(base)
      .remove({ noprune: true })
      .catch(() => undefined);
  }
}

async function importBase(docker: Docker, { hash }: Definition, archive: string): Promise<string> {
  const repo = 'you-like-docker/base';
  const progress = await docker.importImage(createReadStream(archive), { repo, tag: hash });
  await new Promise<void>((done, fail) =>
    docker.modem.followProgress(progress, (error) => (error ? fail(error) : done())),
  );
  return `${repo}:${hash}`;
}

async function runToEnd(container: Docker.Container, report: Report): Promise<Versions> {
  const output = await container.attach({ stream: true, stdout: true, stderr: true });
  const demux = new Demux();
  output.pipe(demux);
  output.on('close', () => demux.end());
  const log = progressOf(demux.stdout, demux.stderr, report);
  await container.start();
  // Only then ask for the status: an answer that breaks off in the middle would never come.
  const text = await log;
  const { StatusCode } = (await container.wait()) as { StatusCode: number };
  if (StatusCode === 0) return JSON.parse(lastLine(text)) as Versions;
  throw new LabError(
    `the images of the lessons could not be made (exit status ${StatusCode})`,
    'its messages below say why; they come from scripts/lab/build/prepare.sh',
    { log: text },
  );
}

async function commit(
  container: Docker.Container,
  definition: Definition,
  versions: Versions,
): Promise<LabImage> {
  const reference = referenceOf(definition);
  const [repo, tag] = reference.split(':');
  const changes = [...marks(definition, versions), DISOWN, 'CMD ["bash"]'].join('\n');
  await container.commit({ repo, tag, changes });
  return { reference, versions };
}
