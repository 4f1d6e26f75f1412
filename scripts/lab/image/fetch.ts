import type Docker from 'dockerode';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { endProcesses } from '../engine/leftovers.ts';
import { canInstallPackages, hasProgram, installPackages } from '../engine/packages.ts';
import { LabError } from '../error.ts';
import { openPipe } from '../exec.ts';
import { ownLabels, removeContainer } from '../labels.ts';
import type { Report } from '../model.ts';
import { packTar } from '../tar.ts';
import { BUILD_FOLDER, type Definition } from './definition.ts';
import { progressOf } from './progress.ts';

/** The two archives that fetch.sh makes: the lab's root filesystem, and what its registry is made of. */
export interface Fetched {
  readonly lab: string;
  readonly parts: string;
}

const BUILDER = 'debian:trixie';

/**
 * Fetches what a lab image is made of into `folder`, where that is not there yet: on this machine if
 * it is a Debian or Ubuntu that belongs to us, else in a container of Debian.
 * @throws {LabError} if it cannot be fetched.
 */
export async function fetchParts(
  docker: Docker,
  definition: Definition,
  folder: string,
  report: Report,
  signal?: AbortSignal,
): Promise<Fetched> {
  await mkdir(folder, { recursive: true });
  if (await canBuildHere()) await fetchHere(definition, folder, report, signal);
  else await fetchInContainer(docker, definition, folder, report, signal);
  return { lab: join(folder, 'lab.tar'), parts: join(folder, 'parts.tar') };
}

async function canBuildHere(): Promise<boolean> {
  return process.platform === 'linux' && (await canInstallPackages());
}

async function fetchHere(
  definition: Definition,
  folder: string,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  if (!(await hasProgram('mmdebstrap')))
    await installPackages(['mmdebstrap', 'debian-archive-keyring'], report, signal);
  const script = join(BUILD_FOLDER, 'fetch.sh');
  const child = spawn('sh', [script, definition.folder, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const endAll = (): void => void endGroup(child);
  signal?.addEventListener('abort', endAll, { once: true });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [log, [status]] = await Promise.all([
    progressOf(child.stdout, child.stderr, report),
    closed,
  ]).finally(() => signal?.removeEventListener('abort', endAll));
  signal?.throwIfAborted();
  if (status !== 0) throw failed(log);
}

/** The script with all that it started; mmdebstrap cleans up after itself if it is asked to end. */
async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid !== undefined) await endProcesses([-pid], 5_000);
}

async function fetchInContainer(
  docker: Docker,
  definition: Definition,
  folder: string,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  report(`pulling ${BUILDER}, to build the lab in`);
  await pullIfAbsent(docker, BUILDER);
  const container = await docker.createContainer({
    Image: BUILDER,
    Cmd: ['sleep', 'infinity'],
    Labels: ownLabels(),
    // The host's network is there in every Engine, also in one without a bridge.
    HostConfig: { Privileged: true, Init: true, NetworkMode: 'host' },
  });
  const remove = (): Promise<boolean> => removeContainer(docker, container.id);
  const abort = (): void => void remove();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await container.putArchive(packTar(definition.files), { path: '/srv' });
    await container.start();
    const script =
      'apt-get update -qq && apt-get install -qq -y mmdebstrap debian-archive-keyring > /dev/null && ' +
      'sh /srv/build/fetch.sh /srv/definition /srv/out';
    const build = await openPipe(container, ['sh', '-c', script]);
    const log = await progressOf(build.stdout, build.stderr, report);
    signal?.throwIfAborted();
    if ((await build.exited) !== 0) throw failed(log);
    for (const name of ['lab.tar', 'parts.tar']) {
      const file = await openPipe(container, ['cat', `/srv/out/${name}`]);
      await pipeline(file.stdout, createWriteStream(join(folder, `${name}.new`)));
      signal?.throwIfAborted();
      await rename(join(folder, `${name}.new`), join(folder, name));
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await remove();
  }
}

/** Pulls an image if the Engine does not have it. @throws {LabError} if it cannot be pulled. */
export async function pullIfAbsent(docker: Docker, image: string): Promise<void> {
  const present = await docker
    .getImage(image)
    .inspect()
    .then(
      () => true,
      () => false,
    );
  if (present) return;
  try {
    const progress = await docker.pull(image);
    await new Promise<void>((done, fail) =>
      docker.modem.followProgress(progress, (error) => (error ? fail(error) : done())),
    );
  } catch (cause) {
    throw new LabError(
      `the image ${image} cannot be pulled: ${String(cause)}`,
      'check the network',
      {
        cause,
      },
    );
  }
}

function failed(log: string): LabError {
  return new LabError(
    'what the lab is made of could not be fetched from Debian',
    'check the network (deb.debian.org), then run the command again: what is done is kept',
    { log },
  );
}
