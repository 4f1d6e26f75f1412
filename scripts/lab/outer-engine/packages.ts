import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LabError } from '../error.ts';
import { withLock } from '../../../src/process/lock.ts';
import type { OnProgress } from '../model.ts';

const POLICY = '/usr/sbin/policy-rc.d';

/**
 * Allows only one installation by this project at a time on this machine: in Debian's container
 * images, apt empties the folder of downloaded packages when it is done, including those of a
 * second installation.
 */
const LOCK = '/run/lock/you-like-docker-packages.lock';

/** Milliseconds to wait for another program that installs packages, such as automatic updates. */
const LOCK_LIMIT = 300_000;
const LOCK_PAUSE = 1_000;
/** Message of apt-get if another program locks the lists of apt or dpkg. */
const LOCKED = /Could not get lock (\S+)/;

/** Whether this process may install Debian packages here. */
export async function canInstallPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await hasProgram('apt-get'));
}

/** Whether a program is in PATH or in Debian's folders for root. */
export async function hasProgram(name: string): Promise<boolean> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const found = await Promise.allSettled(
    folders.map((folder) => access(join(folder, name), constants.X_OK)),
  );
  return found.some(({ status }) => status === 'fulfilled');
}

/**
 * Installs packages from Debian or Ubuntu, without starting their services.
 * @throws {LabError} if apt-get fails; its output is the error's log.
 */
export async function installPackages(
  packages: readonly string[],
  report: OnProgress,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = () => report('waiting for another process that installs packages');
  await withLock(LOCK, waiting, signal, async () => {
    report(`installing ${packages.join(', ')} (apt-get)`);
    const install = ['install', '-qq', '-y', '--no-install-recommends', ...packages];
    await withoutStartingServices(async () => {
      await aptGet(['update', '-qq'], report, signal);
      await aptGet(install, report, signal);
    });
  });
}

/**
 * Prevents the services of newly installed packages from starting at boot. Does nothing if systemd
 * is not the init system.
 */
export async function disableServices(units: readonly string[]): Promise<void> {
  await promisify(execFile)('systemctl', ['disable', ...units]).catch(() => undefined);
}

/**
 * dpkg asks policy-rc.d before it starts a service (Debian Policy, invoke-rc.d(8)); 101 forbids it.
 */
async function withoutStartingServices(install: () => Promise<void>): Promise<void> {
  const before = await readFile(POLICY).catch(() => undefined);
  if (!before) await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    if (!before) await rm(POLICY, { force: true });
  }
}

/** Runs apt-get, and waits for its locks, because apt-get itself does not wait for all of them. */
async function aptGet(
  args: readonly string[],
  report: OnProgress,
  signal?: AbortSignal,
): Promise<void> {
  const end = performance.now() + LOCK_LIMIT;
  for (let reported = false; ; reported = true) {
    const { status, output } = await ranAptGet(args);
    signal?.throwIfAborted();
    if (status === 0) return;
    const lock = LOCKED.exec(output)?.[1];
    if (lock === undefined || performance.now() > end)
      throw new LabError(
        `apt-get ${args[0] ?? ''} ended with ${status ?? 'a signal'}`,
        'see its messages; check the network and the package sources of this machine',
        { log: output.split('\n').slice(-15).join('\n') },
      );
    if (!reported) report(`waiting for another program that installs packages (${lock})`);
    await sleep(LOCK_PAUSE, undefined, signal && { signal });
  }
}

async function ranAptGet(
  args: readonly string[],
): Promise<{ status: number | null; output: string }> {
  const child = spawn('apt-get', args, {
    // In English, because its messages are parsed.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // dpkg must not be killed halfway, which would leave the machine's packages broken.
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output };
}
