import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { cacheFolder } from '../../scripts/lab/outer-engine/cache.ts';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import { placesIn } from '../../scripts/lab/outer-engine/places.ts';
import { isAbandoned } from '../../src/process/lock.ts';
import { isGone, ownerInFileName } from '../../src/process/owner.ts';
import { fence, Workshop } from './recorder.ts';
import { shellStatus } from './status.ts';

const OWNER = 'you-like-docker.owner';

/**
 * `npm run record` as a process group of its own, as a terminal starts it, for tests that disturb
 * it.
 */
export class Run {
  output = '';
  private readonly child: ChildProcess;
  private readonly done: Promise<number | null>;

  /** @param before a command prefix that runs its other arguments as a command */
  constructor(
    workshop: Workshop,
    args: readonly string[] = [],
    env: Record<string, string> = {},
    before: readonly string[] = [],
  ) {
    const folders = ['--content', workshop.content, '--recordings', workshop.recordings];
    mkdirSync(temporaryIn(workshop), { recursive: true });
    const command = [...before, 'npm', 'run', '--silent', 'record', '--', ...folders, ...args];
    this.child = spawn(command[0] ?? '', command.slice(1), {
      detached: true,
      env: { ...process.env, TMPDIR: temporaryIn(workshop), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.done = once(this.child, 'close').then(() => this.status);
  }

  private get status(): number | null {
    return shellStatus(this.child.exitCode, this.child.signalCode);
  }

  /** Waits until the output contains the text. */
  async says(text: string, seconds = 60): Promise<void> {
    await until(() => this.output.includes(text) || this.child.exitCode !== null, seconds);
    if (!this.output.includes(text))
      throw new Error(`the output does not contain ${text}:\n${this.output}`);
  }

  /** Whether a process belongs to the run. */
  includes(pid: string): boolean {
    return isOfGroup(pid, this.pid);
  }

  /** Sends a signal to every process of the group, as ^C in a terminal does. */
  signalAll(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch {
      // it has ended
    }
  }

  /** Sends a signal to npm alone, as a service manager does. */
  signalFirst(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /**
   * Waits until it ends.
   * @returns the exit status that a shell reports: above 128 if a signal ended npm
   */
  async ended(seconds = 60): Promise<number> {
    const late = sleep(seconds * 1000, 'late', { ref: false });
    const status = await Promise.race([this.done, late]);
    if (status !== 'late') return status as number;
    this.signalAll('SIGKILL');
    throw new Error(`it did not end within ${seconds} s:\n${this.output}`);
  }

  /** Whether a process of the group is still running. */
  get isAlive(): boolean {
    try {
      return process.kill(-this.pid, 0);
    } catch {
      return false;
    }
  }

  private get pid(): number {
    if (this.child.pid === undefined) throw new Error('npm could not be started');
    return this.child.pid;
  }
}

/** Where an Engine on this machine listens. */
export function socketOf({ isPrivate }: OuterEngine): string {
  if (isPrivate) return placesIn(cacheFolder()).socket;
  return process.env['DOCKER_HOST']?.replace('unix://', '') ?? '/var/run/docker.sock';
}

/** The processes of a process group: field 5 of proc_pid_stat(5). */
export function groupOf(group: number): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isOfGroup(pid, group));
}

function isOfGroup(pid: string, group: number): boolean {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '');
    return Number(afterName.split(' ')[2]) === group;
  } catch {
    return false; // it has ended
  }
}

function temporaryIn(workshop: Workshop): string {
  return join(workshop.folder, 'tmp');
}

/**
 * Waits until a condition holds, for a limited time.
 * @returns whether it holds
 */
export async function until(
  holds: () => boolean | Promise<boolean>,
  seconds: number,
): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() > end) return false;
    await sleep(20);
  }
}

interface SetUp {
  /** The Engine that hosts the labs, held while the tests of the file run. */
  readonly engine: OuterEngine;
  readonly workshop: Workshop;
}

/** Sets up a workshop for each test of a file, and fails a test that leaves anything behind. */
export function requireNothingLeft(use: (setUp: SetUp) => void): void {
  let engine: OuterEngine;
  let workshop: Workshop;
  beforeAll(async () => {
    engine = await outerEngine(() => undefined);
  });
  afterAll(() => engine.release());
  beforeEach(() => {
    workshop = new Workshop();
    use({ engine, workshop });
  });
  afterEach(async () => {
    const left = await leftBehind(workshop, engine);
    workshop.remove();
    expect(left).toEqual([]);
  });
}

/** What recorders that have ended left behind. The kernel removes some of it a moment later. */
export async function leftBehind(workshop: Workshop, engine?: OuterEngine): Promise<string[]> {
  let found: string[] = [];
  await until(async () => {
    found = [
      ...besideRecordings(workshop),
      ...(await abandonedLocks()),
      ...(engine === undefined ? [] : await inEngine(engine)),
    ];
    return found.length === 0;
    // Beside other tests, an Engine takes its time to unmount what a container has left.
  }, 30);
  return found;
}

function besideRecordings(workshop: Workshop): string[] {
  const temporary = existsSync(temporaryIn(workshop)) ? readdirSync(temporaryIn(workshop)) : [];
  return [
    ...readdirSync(workshop.folder).filter(
      (name) => !['lessons', 'recordings', 'tmp', 'filler'].includes(name),
    ),
    ...temporary.filter((name) => name !== 'node-compile-cache').map((name) => `tmp/${name}`),
  ];
}

async function abandonedLocks(): Promise<string[]> {
  const folders = [cacheFolder(), join(cacheFolder(), 'engine/holders')];
  const files = folders.flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [],
  );
  const candidates = files.filter((file) => /\.lock|holders\//.test(file));
  const abandoned = await Promise.all(
    candidates.map(async (file) => isGone(ownerInFileName(file)) || isAbandoned(file)),
  );
  return candidates.filter((_, index) => abandoned[index]);
}

async function inEngine({ docker, isPrivate }: OuterEngine): Promise<string[]> {
  const filters = { label: [OWNER] };
  const containers = await docker.listContainers({ all: true, filters });
  const { Volumes } = await docker.listVolumes({ filters });
  const images = await docker.listImages({ filters });
  const found = [
    ...images
      .filter(({ Labels }) => isGone(Labels[OWNER] ?? ''))
      .map(({ RepoTags }) => `image ${RepoTags?.join() ?? ''}`),
    ...containers.filter(({ Labels }) => isGone(Labels[OWNER] ?? '')).map(({ Id }) => `lab ${Id}`),
    ...Volumes.filter(({ Labels }) => isGone(Labels[OWNER] ?? '')).map(
      ({ Name }) => `volume ${Name}`,
    ),
  ];
  if (!isPrivate) return found;
  const { DockerRootDir } = (await docker.info()) as { DockerRootDir: string };
  const known = await layersOfContainers(docker);
  for (const mount of mountedLayers(`${DockerRootDir}/`))
    if (!known.has(mount)) found.push(`mount ${mount}`);
  // A lab's disk that nobody will let go of: its path is that of a volume which is gone.
  const columns = ['--list', '--noheadings', '--output', 'NAME,AUTOCLEAR,BACK-FILE'];
  const deleted = execFileSync('losetup', columns, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^\S+ +0 .*\/disk \(deleted\)$/.test(line));
  return [...found, ...deleted];
}

/** The layers that are mounted below a folder: field 5 of proc_pid_mountinfo(5). */
function mountedLayers(root: string): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith(root) && path.endsWith('/merged'));
}

/**
 * Where the layers of containers are mounted. One that is started, or made an image of, need not
 * run for that.
 */
async function layersOfContainers(docker: OuterEngine['docker']): Promise<Set<string | undefined>> {
  const containers = await docker.listContainers({ all: true });
  const paths = await Promise.all(
    containers.map(({ Id }) =>
      docker
        .getContainer(Id)
        .inspect()
        .then(({ GraphDriver: { Data } }) => (Data as Partial<Record<string, string>>)['MergedDir'])
        // Another run has just removed it.
        .catch(() => undefined),
    ),
  );
  return new Set(paths);
}

/**
 * Random numbers from 0 to 1 that repeat with the seed:
 * https://en.wikipedia.org/wiki/Linear_congruential_generator
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export const IS_ROOT_ON_LINUX = process.platform === 'linux' && process.getuid?.() === 0;

/**
 * Milliseconds after which a second ^C is not the first one again, passed on by npm. They count
 * from when the program says that it was interrupted.
 */
export const LATER = 1_100;

/** A step for `changeRecordings`. */
export const CHANGING = fence('number', '$ seq -s " " 3 5');

/**
 * Changes what is recorded of `CHANGING` in all lessons, as if another Engine had printed it: the
 * next run finds drift.
 */
export function changeRecordings({ recordings }: Workshop): void {
  for (const lesson of readdirSync(recordings))
    for (const name of ['number.cast', 'number.txt']) {
      const path = join(recordings, lesson, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace('3 4 5', '6 7 8'));
    }
}
