import type Docker from 'dockerode';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { endProcesses } from '../outer-engine/leftovers.ts';
import { withOwnMounts } from '../outer-engine/own-mounts.ts';
import { canInstallPackages, hasProgram, installPackages } from '../outer-engine/packages.ts';
import { LabError } from '../error.ts';
import { openPipe } from '../exec.ts';
import { ownLabels, removeContainer } from '../labels.ts';
import type { OnProgress } from '../model.ts';
import { packTar, type TarEntry } from '../tar.ts';
import { progressOf } from './progress.ts';
import { pullIfAbsent } from './pull.ts';

/** A script that downloads from Debian's archive, with Debian's tools. */
export interface Fetching {
  readonly files: readonly TarEntry[];
  /**
   * Its path, relative to the folder of the files, and its arguments; `out` is its output folder.
   */
  readonly command: (out: string) => readonly string[];
  /** The files that it writes to `out`. */
  readonly makes: readonly string[];
}

const TOOLS = ['mmdebstrap', 'debian-archive-keyring'];
const BUILDER = 'debian:trixie';

/**
 * Runs the script with output to `folder`: on this machine if it is Debian or Ubuntu and packages
 * can be installed, otherwise in a container of Debian.
 * @throws {LabError} if it cannot be fetched.
 */
export async function fetchParts(
  docker: Docker,
  fetching: Fetching,
  folder: string,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (await canBuildHere()) await fetchHere(fetching, folder, report, signal);
  else await fetchInContainer(docker, fetching, folder, report, signal);
}

async function canBuildHere(): Promise<boolean> {
  return process.platform === 'linux' && (await canInstallPackages());
}

async function fetchHere(
  { files, command }: Fetching,
  folder: string,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<void> {
  if (!(await hasProgram('mmdebstrap'))) await installPackages(TOOLS, report, signal);
  const recipe = join(folder, 'recipe');
  await rm(recipe, { recursive: true, force: true });
  for (const { path, content } of files) {
    await mkdir(join(recipe, dirname(path)), { recursive: true });
    await writeFile(join(recipe, path), content);
  }
  const [program, ...args] = withOwnMounts(['sh', ...command(folder)]);
  const child = spawn(program, args, {
    cwd: recipe,
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

/** Ends the script and its child processes. mmdebstrap cleans up when it gets a signal. */
async function endGroup({ pid }: ChildProcess): Promise<void> {
  if (pid !== undefined) await endProcesses([-pid], 5_000);
}

async function fetchInContainer(
  docker: Docker,
  { files, command, makes }: Fetching,
  folder: string,
  report: OnProgress,
  signal?: AbortSignal,
): Promise<void> {
  report(`pulling ${BUILDER}, to build the lab in`);
  await pullIfAbsent(docker, BUILDER);
  const container = await docker.createContainer({
    Image: BUILDER,
    Cmd: ['sleep', 'infinity'],
    Labels: ownLabels(),
    // Every Engine has the host's network, even one without a bridge.
    HostConfig: { Privileged: true, Init: true, NetworkMode: 'host' },
  });
  const remove = (): Promise<boolean> => removeContainer(docker, container.id);
  const abort = (): void => void remove();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await container.putArchive(await packTar(files), { path: '/srv' });
    await container.start();
    const script =
      `apt-get update -qq && apt-get install -qq -y ${TOOLS.join(' ')} > /dev/null && ` +
      'mkdir -p out && exec sh "$@"';
    const argv = ['sh', '-c', `cd /srv && ${script}`, 'sh', ...command('/srv/out')];
    const build = await openPipe(container, argv);
    const log = await progressOf(build.stdout, build.stderr, report);
    signal?.throwIfAborted();
    if ((await build.exited) !== 0) throw failed(log);
    for (const name of makes) {
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

function failed(log: string): LabError {
  return new LabError(
    'the packages of the lab could not be fetched from Debian',
    'check the network (deb.debian.org), then run the command again; finished parts are kept',
    { log },
  );
}
