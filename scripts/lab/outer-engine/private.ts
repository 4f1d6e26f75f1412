import Docker from 'dockerode';
import { rm } from 'node:fs/promises';
import { LabError } from '../error.ts';
import { withLock } from '../../../src/process/lock.ts';
import type { OnProgress } from '../model.ts';
import { cacheFolder } from './cache.ts';
import { answers, startDockerd, stopDockerd } from './dockerd.ts';
import { holdersIn } from './holders.ts';
import type { OuterEngine } from './model.ts';
import { canInstallPackages, disableServices, hasProgram, installPackages } from './packages.ts';
import { placesIn } from './places.ts';

/**
 * A dockerd that is only used for labs. All processes of this user share it, and the last one stops
 * it. It creates no bridge and no firewall rules, because labs have no network.
 */
export async function privateEngine(
  report: OnProgress,
  signal?: AbortSignal,
): Promise<OuterEngine> {
  if (!(await hasProgram('dockerd'))) await install(report, signal);
  const places = placesIn(cacheFolder());
  // Otherwise, host and protocol would be those of DOCKER_HOST.
  const docker = new Docker({ socketPath: places.socket, host: '', protocol: 'http' });
  const waiting = waitingNotice(report);
  const holders = holdersIn(places.holders);
  const startIfDown = async (): Promise<void> => {
    if (await answers(docker)) return;
    report('starting a private Docker Engine');
    await startDockerd(places, docker, signal);
  };
  const letGo = await withLock(places.lock, waiting, signal, async () => {
    const letGo = await holders.add();
    try {
      await startIfDown();
      return letGo;
    } catch (error) {
      await letGo();
      if (!(await holders.any())) await stopDockerd(places);
      throw error;
    }
  });
  let released: Promise<void> | undefined;
  const release = (): Promise<void> =>
    withLock(places.lock, waiting, undefined, async () => {
      await letGo();
      if (!(await holders.any())) await stopDockerd(places);
    });
  return {
    docker,
    name: 'the private Docker Engine',
    isPrivate: true,
    revive: () => withLock(places.lock, waiting, signal, startIfDown),
    release: () => (released ??= release()),
  };
}

/**
 * Removes the private Engine with all of its data.
 * @returns whether it was removed; nothing is removed while a process uses it
 */
export async function removePrivateEngine(report: OnProgress): Promise<boolean> {
  const places = placesIn(cacheFolder());
  return withLock(places.lock, waitingNotice(report), undefined, async () => {
    if (await holdersIn(places.holders).any()) return false;
    await stopDockerd(places);
    await rm(places.root, { recursive: true, force: true });
    return true;
  });
}

async function install(report: OnProgress, signal?: AbortSignal): Promise<void> {
  if (!(await canInstallPackages()))
    throw new LabError(
      'there is no dockerd on this machine, and no apt-get to install it with',
      'install Docker Engine, or set DOCKER_HOST to one',
    );
  await installPackages(['docker.io'], report, signal);
  await disableServices(['docker.service', 'docker.socket', 'containerd.service']);
}

function waitingNotice(report: OnProgress): () => void {
  return () => report('waiting for another process that starts or stops the Engine');
}
