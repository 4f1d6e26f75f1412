import Docker from 'dockerode';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../error.ts';
import { withLock } from '../lock.ts';
import type { Report } from '../model.ts';
import { cacheFolder } from './cache.ts';
import { holdersIn } from './holders.ts';
import { endProcesses, processesNaming, endCgroup, unmountBelow } from './leftovers.ts';
import type { OuterEngine } from './model.ts';
import { canInstallPackages, disableServices, hasProgram, installPackages } from './packages.ts';

/** `sun_path` of unix(7) without its final zero byte. */
const LONGEST_SOCKET = 107;
const START_MS = 60_000;
/** dockerd gives its containers ten seconds to stop. */
const STOP_MS = 20_000;

/**
 * A dockerd of the lab's own, shared by all of this user's processes that hold it, and stopped by the
 * last of them. It makes no bridge and no firewall rule: labs have no network.
 */
export async function privateEngine(report: Report, signal?: AbortSignal): Promise<OuterEngine> {
  if (!(await hasProgram('dockerd'))) await install(report, signal);
  const places = placesIn(cacheFolder());
  const docker = new Docker({ socketPath: places.socket });
  const waiting = (): void => report('waiting for another process that starts or stops the Engine');
  const holders = holdersIn(places.holders);
  const startIfDown = async (): Promise<void> => {
    if (!(await answers(docker))) await start(places, docker, report, signal);
  };
  const letGo = await withLock(places.lock, waiting, signal, async () => {
    const mine = await holders.add();
    try {
      await startIfDown();
      return mine;
    } catch (error) {
      await mine();
      if (!(await holders.any())) await stop(places);
      throw error;
    }
  });
  let released: Promise<void> | undefined;
  const release = async (): Promise<void> =>
    withLock(
      places.lock,
      () => undefined,
      undefined,
      async () => {
        await letGo();
        if (!(await holders.any())) await stop(places);
      },
    );
  const { Version } = await docker.version();
  return {
    docker,
    name: `a private Docker Engine ${Version}`,
    isPrivate: true,
    revive: () => withLock(places.lock, waiting, signal, startIfDown),
    release: () => (released ??= release()),
  };
}

/**
 * Removes the private Engine with all that it has stored.
 * @returns whether it could: nothing is removed while somebody uses it.
 */
export async function removePrivateEngine(report: Report): Promise<boolean> {
  const places = placesIn(cacheFolder());
  const waiting = (): void => report('waiting for another process that starts or stops the Engine');
  return withLock(places.lock, waiting, undefined, async () => {
    if (await holdersIn(places.holders).any()) return false;
    await stop(places);
    await rm(places.root, { recursive: true, force: true });
    return true;
  });
}

interface Places {
  readonly root: string;
  readonly lock: string;
  readonly holders: string;
  readonly data: string;
  readonly log: string;
  /** Control group of its containers, from the root of the hierarchies. */
  readonly cgroup: string;
  /** What only lives as long as dockerd. */
  readonly run: string;
  readonly socket: string;
  readonly pid: string;
}

function placesIn(cache: string): Places {
  const root = join(cache, 'engine');
  const name = `you-like-docker-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`;
  const fits = Buffer.byteLength(longestSocketIn(join(root, 'run'))) <= LONGEST_SOCKET;
  const run = fits ? join(root, 'run') : join('/run', name);
  return {
    root,
    lock: join(cache, 'engine.lock'),
    holders: join(root, 'holders'),
    data: join(root, 'data'),
    log: join(root, 'dockerd.log'),
    cgroup: `/${name}`,
    run,
    socket: join(run, 'docker.sock'),
    pid: join(run, 'docker.pid'),
  };
}

function longestSocketIn(run: string): string {
  return join(run, 'exec/containerd/containerd-debug.sock');
}

async function install(report: Report, signal?: AbortSignal): Promise<void> {
  if (!(await canInstallPackages()))
    throw new LabError(
      'there is no dockerd on this machine, and no apt-get to install it with',
      'install Docker Engine, or set DOCKER_HOST to one',
    );
  await installPackages(['docker.io'], report, signal);
  await disableServices(['docker.service', 'docker.socket', 'containerd.service']);
}

async function start(
  places: Places,
  docker: Docker,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  report('starting a private Docker Engine');
  // After a crash or a restart of the machine: with nothing alive behind it, its state only confuses.
  if ((await processesNaming(places.run)).length === 0) await removeRunFolder(places);
  await mkdir(places.run, { recursive: true, mode: 0o700 });
  const log = await open(places.log, 'w');
  const dockerd = spawn('dockerd', argumentsFor(places), {
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    // Not in the terminal's group: Ctrl-C is for us, and we stop it when all labs are closed.
    detached: true,
  });
  dockerd.unref();
  await log.close();
  const ended = once(dockerd, 'exit').then(
    () => 'it ended at once',
    (error: unknown) => String(error),
  );
  const trouble = await Promise.race([ended, waitFor(docker, signal)]);
  if (!trouble) return;
  signal?.throwIfAborted();
  const text = await readFile(places.log, 'utf8').catch(() => '');
  throw new LabError(
    `the private Docker Engine does not start: ${trouble}`,
    'the end of its log says why; or set DOCKER_HOST to an Engine that runs',
    { log: text.split('\n').slice(-30).join('\n') },
  );
}

function argumentsFor(places: Places): string[] {
  return [
    ...['--data-root', places.data, '--exec-root', join(places.run, 'exec')],
    ...['--pidfile', places.pid, '--host', `unix://${places.socket}`, '--config-file', '/dev/null'],
    // Where the machine has a containerd, dockerd uses that one: keep away from its owner's containers.
    '--containerd-namespace=you-like-docker',
    '--containerd-plugins-namespace=you-like-docker-plugins',
    // A group of its own, made by dockerd itself and not by systemd, so that it can be taken away again.
    ...['--cgroup-parent', places.cgroup, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
    ...['--bridge=none', '--iptables=false', '--ip6tables=false', '--ip-forward=false'],
  ];
}

/** @returns what went wrong, if something did. */
async function waitFor(docker: Docker, signal?: AbortSignal): Promise<string | undefined> {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    if (signal?.aborted) return 'interrupted';
    if (await answers(docker)) return undefined;
    await sleep(50);
  }
  return `no answer within ${START_MS / 1000} s`;
}

async function answers(docker: Docker): Promise<boolean> {
  return docker.ping().then(
    () => true,
    () => false,
  );
}

async function stop(places: Places): Promise<void> {
  const pid = Number(await readFile(places.pid, 'utf8').catch(() => ''));
  const ours = await processesNaming(places.run);
  if (ours.includes(pid)) await endProcesses([pid], STOP_MS);
  // Where dockerd was killed, its containers still run.
  await endProcesses(await processesNaming(places.run), 1_000);
  await endCgroup(places.cgroup);
  await removeRunFolder(places);
}

async function removeRunFolder({ run, root }: Places): Promise<void> {
  await unmountBelow(run);
  await unmountBelow(root);
  await rm(run, { recursive: true, force: true });
}
