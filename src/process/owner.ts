import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * The process that owns a lab, a lock or a running Engine, as `HOST/PID/START`, which is suitable
 * for labels and files. START distinguishes it from later processes with the same id.
 *
 * HOST identifies the machine and the PID namespace, since an Engine's socket may be shared with
 * other containers, whose processes are not visible here.
 */
export type Owner = string;

/** This process. */
export function self(): Owner {
  return `${host()}/${process.pid}/${startOf(process.pid) ?? ''}`;
}

/** Process id of an owner, for messages. */
export function pidOf(owner: Owner): string {
  return owner.split('/')[1] ?? '';
}

/** Whether the owner is a process that would be visible here and has ended. */
export function isGone(owner: Owner): boolean {
  const [itsHost, pid, start] = owner.split('/');
  if (itsHost !== host() || !pid || start === undefined) return false;
  return startOf(Number(pid)) !== start;
}

/**
 * A new name for a file that belongs to this process. The name contains the owner, so that the file
 * has an owner from the moment it exists.
 */
export function newFileName(): string {
  return `${randomBytes(6).toString('hex')}.${encodeURIComponent(self())}`;
}

/** The owner in a name made by {@link newFileName}; empty for any other name. */
export function ownerInFileName(name: string): Owner {
  const [, owner = ''] = /\.([^.]+)$/.exec(name) ?? [];
  try {
    return decodeURIComponent(owner);
  } catch {
    return '';
  }
}

let known: string | undefined;

/** The machine and PID namespace of this process, as a short hash. */
export function host(): string {
  known ??= createHash('sha256')
    .update(`${hostname()}\n${processNamespace()}`)
    .digest('hex')
    .slice(0, 12);
  return known;
}

function processNamespace(): string {
  return process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : '';
}

/** When a process started, in a platform-specific unit; undefined if there is no such process. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') return linuxStartOf(pid);
  if (!isRunning(pid)) return undefined;
  if (process.platform === 'win32') return '';
  const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return started.trim().replaceAll(/\W+/g, '-');
}

/**
 * Start time in clock ticks since boot (field 22 of proc_pid_stat(5)), with the id of that boot.
 */
function linuxStartOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
    return `${boot}-${fields[18]}`;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
