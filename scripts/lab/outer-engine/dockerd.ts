import type Docker from 'dockerode';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../error.ts';
import { endCgroup, endProcesses, processesNaming, unmountBelow } from './leftovers.ts';
import type { Places } from './places.ts';

const START_MS = 60_000;
/** Time limit for dockerd to stop; it gives its containers ten seconds. */
const STOP_MS = 20_000;

/**
 * Starts a dockerd that outlives this process, and waits until it answers.
 * @throws {LabError} if it does not answer; its log is the end of dockerd's log
 */
export async function startDockerd(
  places: Places,
  docker: Docker,
  signal?: AbortSignal,
): Promise<void> {
  await sweep(places);
  await mkdir(places.run, { recursive: true, mode: 0o700 });
  const log = await open(places.log, 'w');
  const dockerd = spawn('dockerd', argumentsFor(places), {
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    // Not in the terminal's group: Ctrl-C must not stop it before all labs are closed.
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
    'see the end of its log, or set DOCKER_HOST to an Engine that runs',
    { log: text.split('\n').slice(-30).join('\n') },
  );
}

function argumentsFor(places: Places): string[] {
  return [
    ...['--data-root', places.data, '--exec-root', join(places.run, 'exec')],
    ...['--pidfile', places.pid, '--host', `unix://${places.socket}`, '--config-file', '/dev/null'],
    // dockerd uses a containerd that runs on the machine: keep its containers separate.
    '--containerd-namespace=you-like-docker',
    '--containerd-plugins-namespace=you-like-docker-plugins',
    // A separate control group, made by dockerd and not by systemd, so that it can be removed.
    ...['--cgroup-parent', places.cgroup, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
    ...['--bridge=none', '--iptables=false', '--ip6tables=false', '--ip-forward=false'],
  ];
}

/** @returns what went wrong, if anything did */
async function waitFor(docker: Docker, signal?: AbortSignal): Promise<string | undefined> {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    if (signal?.aborted) return 'interrupted';
    if (await answers(docker)) return undefined;
    await sleep(50);
  }
  return `no answer within ${START_MS / 1000} s`;
}

export async function answers(docker: Docker): Promise<boolean> {
  return docker.ping().then(
    () => true,
    () => false,
  );
}

/** Stops dockerd, if it runs, and removes what it leaves behind. */
export async function stopDockerd(places: Places): Promise<void> {
  const pid = Number(await readFile(places.pid, 'utf8').catch(() => ''));
  const ours = await processesNaming(places.run);
  if (ours.includes(pid)) await endProcesses([pid], STOP_MS);
  await sweep(places);
}

/**
 * Removes what dockerd leaves behind if it was killed or the machine went down. This includes its
 * containers, because no dockerd would adopt them.
 */
async function sweep({ run, root, cgroup }: Places): Promise<void> {
  await endProcesses(await processesNaming(run), 1_000);
  await endCgroup(cgroup);
  await unmountBelow(run);
  await unmountBelow(root);
  await rm(run, { recursive: true, force: true });
}
