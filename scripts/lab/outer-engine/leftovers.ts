import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const CGROUPS = '/sys/fs/cgroup';

/**
 * Ids of the processes whose command line names a file below `folder`. Linux only. Processes in
 * containers are not included, because the same path is a different folder there.
 */
export async function processesNaming(folder: string): Promise<number[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const here = await namespaceOf('self');
  const named = await Promise.all(
    numbers.map(async (pid) => {
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const isNamed = line.split('\0').some((word) => word.includes(`${folder}/`));
      return isNamed && pid !== process.pid && (await namespaceOf(pid)) === here;
    }),
  );
  return numbers.filter((_, index) => named[index]);
}

/** The process namespace that a process is in; empty once it has ended. */
async function namespaceOf(pid: number | 'self'): Promise<string> {
  try {
    return await readlink(`/proc/${pid}/ns/pid`);
  } catch {
    return '';
  }
}

/** Ends processes, first with SIGTERM. A negative number is a process group, as in kill(2). */
export async function endProcesses(pids: readonly number[], politeMs: number): Promise<void> {
  const signalAll = (signal: NodeJS.Signals | 0): boolean =>
    pids.map((pid) => send(pid, signal)).includes(true);
  signalAll('SIGTERM');
  for (let waited = 0; signalAll(0) && waited < politeMs; waited += 50) await sleep(50);
  signalAll('SIGKILL');
  for (let waited = 0; signalAll(0) && waited < 5_000; waited += 20) await sleep(20);
}

/** Unmounts everything below `folder`, the innermost first. */
export async function unmountBelow(folder: string): Promise<void> {
  // Field 5 of proc_pid_mountinfo(5) is the mount point, with octal escapes for blanks.
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8'))
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .map((point) =>
      point.replaceAll(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))),
    )
    .filter((point) => point.startsWith(`${folder}/`));
  for (const point of mounts.reverse())
    await promisify(execFile)('umount', ['--lazy', point]).catch(() => undefined);
}

/**
 * Ends all processes of a control group (path from the root of the hierarchies), and removes it.
 */
export async function endCgroup(group: string): Promise<void> {
  const hierarchies = await readdir(CGROUPS).catch(() => []);
  await thaw(join(CGROUPS, 'freezer', group));
  // cgroup v2 has its groups in the folder itself, v1 in a folder per controller; some are links.
  for (const folder of [CGROUPS, ...hierarchies.map((name) => join(CGROUPS, name))]) {
    const root = join(folder, group);
    // The kernel removes only groups without processes and subgroups, so start with the innermost.
    for (const path of (await groupsIn(root)).reverse()) {
      const pids = await readFile(join(path, 'cgroup.procs'), 'utf8').catch(() => '');
      // A process in another namespace is shown as 0 (cgroups(7)), which for kill(2) means the
      // caller's group.
      const ours = pids
        .split('\n')
        .map(Number)
        .filter((pid) => pid > 0);
      await endProcesses(ours, 0);
      await rmdir(path).catch(() => undefined);
    }
  }
}

/**
 * Needed for cgroup v1, where frozen processes, such as a paused lab, only handle signals once
 * thawed.
 */
async function thaw(root: string): Promise<void> {
  for (const path of await groupsIn(root))
    await writeFile(join(path, 'freezer.state'), 'THAWED').catch(() => undefined);
}

/** A control group and those below it, outer groups first. */
async function groupsIn(root: string): Promise<string[]> {
  const below = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const groups = below.filter((entry) => entry.isDirectory());
  return [root, ...groups.map((entry) => join(entry.parentPath, entry.name)).sort()];
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
