import type Docker from 'dockerode';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outerEngine } from '../../scripts/lab/outer-engine/outer.ts';
import type { OuterEngine } from '../../scripts/lab/outer-engine/model.ts';
import {
  type Lab,
  LabError,
  type LabHost,
  openLabHost,
  type Store,
} from '../../scripts/lab/index.ts';
import { nestingContainer } from '../../scripts/lab/container.ts';
import { imageFrom } from '../../scripts/lab/lab-image/commit.ts';
import { followToEnd } from '../../scripts/lab/lab-image/follow.ts';
import { findImage } from '../../scripts/lab/lab-image/images.ts';
import { ownLabels } from '../../scripts/lab/labels.ts';
import { packTar } from '../../scripts/lab/tar.ts';
import { LABS } from '../../src/core/lesson/schema.ts';
import { childWith, firstLine } from '../support/child.ts';

const REPORT = (message: string): void => void process.stderr.write(`${message}\n`);
const STORES = ['containerd', 'overlay2'] as const satisfies Store[];
const QUIET = (): void => undefined;

let host: LabHost;
const labs = {} as Record<Store, Lab>;

beforeAll(async () => {
  host = await openLabHost(REPORT);
  // At the same time, as for lessons.
  [labs.containerd, labs.overlay2] = await Promise.all([
    host.openLab({ lab: 'default', store: 'containerd', images: [] }),
    host.openLab({ lab: 'default', store: 'overlay2', images: ['busybox', 'debian:trixie-slim'] }),
  ]);
});
afterAll(() => host.close());

async function bash(lab: Lab, script: string): Promise<{ status: number; output: string }> {
  const { status, stdout, stderr } = await lab.run(['bash', '-c', script]);
  return { status, output: stdout + stderr };
}

describe.each(STORES)('a lab with the %s store', (store) => {
  test('reports what it consists of', async () => {
    const { facts } = labs[store];
    expect(facts.store).toBe(store);
    expect(facts.image).toMatch(/^default@[0-9a-f]{12}$/);
    expect(facts.engine).toMatch(/^\d+\.\d+/);
    expect(Object.values(facts)).not.toContain('unknown');
    expect(Object.keys(facts.images)).toEqual(
      expect.arrayContaining(['debian:latest', 'debian:trixie', 'busybox:latest', 'registry:2']),
    );
    expect(facts.images['debian:latest']).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await labs[store].trouble()).toBeUndefined();
    expect(await labs[store].engineLog()).toContain('API listen on');
  });

  test('has the requested images and no others', async () => {
    const { output } = await bash(
      labs[store],
      'docker images --format "{{.Repository}}:{{.Tag}}" | sort',
    );
    expect(output).toBe(store === 'overlay2' ? 'busybox:latest\ndebian:trixie-slim\n' : '');
  });

  test('pulls and runs debian and busybox without a network', async () => {
    const debian = await bash(
      labs[store],
      'docker pull -q debian && docker run --rm debian grep ^ID= /etc/os-release',
    );
    expect(debian).toEqual({ status: 0, output: 'docker.io/library/debian:latest\nID=debian\n' });
    const busybox = await bash(labs[store], 'docker run --rm busybox ifconfig lo 2>&1');
    expect(busybox.status).toBe(0);
    expect(busybox.output).toContain('127.0.0.1');
    const { output } = await bash(
      labs[store],
      'docker inspect --format "{{index .RepoDigests 0}}" debian',
    );
    expect(output.trim()).toBe(`debian@${labs[store].facts.images['debian:latest'] ?? ''}`);
  });

  test('reports a missing image immediately', async () => {
    const start = Date.now();
    const hub = await bash(labs[store], 'docker pull no-such-image');
    const other = await bash(labs[store], 'docker pull ghcr.io/no/such');
    expect(Date.now() - start).toBeLessThan(5_000);
    expect(hub.status).toBe(1);
    expect(hub.output).toMatch(/no-such-image:latest: not found|no such host/);
    expect(other.output).toContain('no such host');
  });

  test('builds, with packages from its frozen copy of the archive', async () => {
    const dockerfile = 'FROM debian\nRUN apt-get update && apt-get install -y cowsay\n';
    const built = await labs[store].run(
      ['docker', 'build', '--quiet', '--tag', 'moo', '-'],
      dockerfile,
    );
    expect(built).toMatchObject({ status: 0 });
    const moo = await bash(labs[store], 'docker run --rm moo /usr/games/cowsay hi');
    expect(moo.output).toContain('< hi >');
  });

  test('resolves no other names, and fails immediately', async () => {
    const start = Date.now();
    const { status } = await bash(labs[store], 'docker run --rm busybox nslookup example.org');
    expect(status).not.toBe(0);
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  test('leaves port 5000 to the registry of a lesson', async () => {
    const pushed = await bash(
      labs[store],
      `docker run -d --name registry -p 5000:5000 registry:2 &&
      until curl -sf localhost:5000/v2/; do sleep 0.1; done &&
      docker tag busybox localhost:5000/mine && docker push -q localhost:5000/mine &&
      docker rm -f registry`,
    );
    expect(pushed).toMatchObject({ status: 0 });
  });
});

test('a lab with more packages is the default lab with these packages', async () => {
  const lab = await host.openLab({ lab: 'machines', store: 'containerd', images: ['busybox'] });
  try {
    expect(lab.facts.image).toMatch(/^machines@[0-9a-f]{12}$/);
    expect({ ...lab.facts, image: '' }).toEqual({ ...labs.containerd.facts, image: '' });
    const added =
      'command -v lxc-execute virsh && ls /usr/lib/modules/*/vmlinuz && qemu-system-$(uname -m) --version';
    expect(await bash(lab, added)).toMatchObject({ status: 0 });
    expect((await bash(labs.containerd, added)).status).not.toBe(0);
    // Nothing that was only needed to build it is left.
    expect(
      (await bash(lab, 'ls /etc/apt/sources.list.d /usr/sbin/policy-rc.d')).output,
    ).not.toMatch(/^[/\w]+$/m);
    expect(await bash(lab, 'docker run --rm busybox echo hi')).toEqual({
      status: 0,
      output: 'hi\n',
    });
  } finally {
    await lab.close();
  }
});

test('lessons can use every lab that exists, and no other', async () => {
  const folders = await readdir(join(import.meta.dirname, '../../scripts/lab/images'));
  expect([...LABS].sort()).toEqual(folders.sort());
});

test('opening a lab that does not exist fails with its name', async () => {
  const opening = host.openLab({ lab: 'no-such-lab', store: 'containerd', images: [] });
  await expect(opening).rejects.toThrow('there is no lab called no-such-lab');
});

test('labs do not see each other', async () => {
  await bash(labs.containerd, 'docker run -d --name lonely busybox sleep 1000');
  const names = 'docker ps --format "{{.Names}}"';
  expect((await bash(labs.containerd, names)).output).toBe('lonely\n');
  expect((await bash(labs.overlay2, names)).output).toBe('');
});

test('a lab can be joined by its id, and stays open when the host that joined it closes', async () => {
  const joining = await openLabHost(REPORT);
  const joined = joining.joinLab(labs.containerd.id);
  await labs.containerd.run(['touch', '/tmp/here']);
  expect(await joined.run(['ls', '/tmp/here'])).toMatchObject({ status: 0 });
  await joining.close();
  expect(await labs.containerd.trouble()).toBeUndefined();
});

test('the first process reaps orphans', async () => {
  const { output } = await bash(
    labs.containerd,
    '(bash -c "sleep 0.1 & exec true" &); sleep 0.5; ps -A -o state= | grep -c Z',
  );
  expect(output.trim()).toBe('0');
});

describe('processes', () => {
  const typing = { env: [], cwd: '/root', cols: 80, rows: 24 };

  test('a process can have a pipe for each of its streams', async () => {
    const pipe = await labs.containerd.pipe([
      'bash',
      '-c',
      'read line; echo "<$line>"; cat >&2; exit 3',
    ]);
    pipe.stdin.write('one\n');
    const [answer] = (await once(createInterface(pipe.stdout), 'line')) as [string];
    pipe.stdin.end('two');
    expect(answer).toBe('<one>');
    expect(await text(pipe.stderr)).toBe('two');
    expect(await pipe.exited).toBe(3);
  });

  test('50 MB arrive through a pipe, also if they are read slowly', async () => {
    const pipe = await labs.containerd.pipe(['head', '-c', '50000000', '/dev/zero']);
    let size = 0;
    for await (const chunk of pipe.stdout as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > 49_000_000) await sleep(1);
    }
    expect(size).toBe(50_000_000);
    expect(await pipe.exited).toBe(0);
  });

  test('a program that does not exist ends with 126 or 127', async () => {
    expect([126, 127]).toContain((await labs.containerd.run(['no-such-program'])).status);
  });

  test('3 MB arrive on a terminal byte for byte', async () => {
    const terminal = await labs.containerd.terminal({
      ...typing,
      cmd: ['bash', '-c', 'stty -opost; seq 430000'],
    });
    const expected = Array.from({ length: 430_000 }, (_, index) => `${index + 1}\n`).join('');
    const output = await text(terminal.output);
    expect(output.length).toBe(expected.length);
    expect(output === expected).toBe(true);
    expect(await terminal.exited).toBe(0);
  });

  test('output right before the end is never lost (100 times)', async () => {
    const once = async (index: number): Promise<string> => {
      const terminal = await labs.containerd.terminal({
        ...typing,
        env: [`INDEX=${index}`],
        cmd: ['bash', '-c', 'printf "the end of $INDEX"; exit 7'],
      });
      return `${await text(terminal.output)}: ${await terminal.exited}`;
    };
    const all: string[] = [];
    for (let index = 0; index < 100; index += 10)
      all.push(...(await Promise.all(Array.from({ length: 10 }, (_, more) => once(index + more)))));
    expect(all).toEqual(Array.from({ length: 100 }, (_, index) => `the end of ${index}: 7`));
  });

  test('keys go in, and the size is as asked, at the start and after a change', async () => {
    const terminal = await labs.containerd.terminal({
      ...typing,
      cols: 100,
      cmd: ['bash', '--norc'],
    });
    const seen = follow(terminal.output);
    terminal.input('stty size\r');
    await seen.until('24 100');
    await terminal.resize(40, 10);
    terminal.input('stty size; exit 4\r');
    await seen.until('10 40');
    expect(await terminal.exited).toBe(4);
    await expect(terminal.resize(50, 10)).rejects.toBeInstanceOf(LabError);
  });

  test('a process waits while its output is not read', async () => {
    const terminal = await labs.containerd.terminal({
      ...typing,
      cmd: ['bash', '-c', 'head -c 20000000 /dev/zero; touch /tmp/all-written'],
    });
    const written = async (): Promise<boolean> =>
      (await labs.containerd.run(['test', '-e', '/tmp/all-written'])).status === 0;
    await sleep(1_000);
    expect(await written()).toBe(false);
    terminal.output.resume();
    expect(await terminal.exited).toBe(0);
    expect(await written()).toBe(true);
  });
});

describe('cleaning up', () => {
  let engine: OuterEngine;
  beforeAll(async () => {
    engine = await outerEngine(REPORT);
  });
  afterAll(() => engine.release());

  /** Where the newest lab of a process is visible on this machine. */
  async function tracesOf(owner: string): Promise<{ left: () => Promise<string[]> }> {
    const filters = { label: [`you-like-docker.owner=${owner}`] };
    const [newest] = await engine.docker.listContainers({ filters });
    if (!newest) throw new Error('there is no lab to look for');
    const { State, Mounts, NetworkSettings, GraphDriver } = await engine.docker
      .getContainer(newest.Id)
      .inspect();
    const { MergedDir: root } = GraphDriver.Data as unknown as { MergedDir: string };
    const network = (NetworkSettings as { SandboxKey: string }).SandboxKey;
    const volumes = Mounts.map(({ Name }) => Name ?? '');
    const disks = Mounts.map(({ Source }) => join(Source, 'disk'))
      .filter((file) => existsSync(file))
      .map((file) => String(statSync(file).ino));
    return {
      left: async () => {
        const containers = await engine.docker.listContainers({ all: true });
        const { Volumes } = await engine.docker.listVolumes();
        const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
        const found: Record<string, boolean> = {
          container: containers.some(({ Id }) => Id === newest.Id),
          volume: Volumes.some(({ Name }) => volumes.includes(Name)),
          process: existsSync(`/proc/${State.Pid}`),
          mount: [root, ...volumes].some((name) => mounts.includes(name)),
          'network namespace': mounts.includes(network),
          'loop device': disks.some((inode) => loopDevices().includes(inode)),
        };
        return Object.keys(found).filter((name) => found[name]);
      },
    };
  }

  test('close removes everything, and can be called twice', async () => {
    const lab = await host.openLab({ lab: 'default', store: 'containerd', images: ['busybox'] });
    await bash(lab, 'docker run -d busybox sleep 1000');
    const traces = await tracesOf(ownLabels()['you-like-docker.owner'] ?? '');
    const all = ['container', 'volume', 'process', 'mount', 'network namespace', 'loop device'];
    // Of another Engine, not everything is visible from here.
    const visible = engine.isPrivate ? all : all.slice(0, 2);
    expect(await traces.left()).toEqual(expect.arrayContaining(visible));
    await Promise.all([lab.close(), lab.close()]);
    expect(await eventually(traces.left)).toEqual([]);
    expect((await lab.trouble())?.message).toContain('the lab');
    expect(await lab.engineLog()).toBe('');
  });

  /** An image with one file, `file`. */
  async function smallImage(name: string): Promise<string> {
    const archive = await packTar([{ path: 'file', content: Buffer.from(name) }]);
    const importing = await engine.docker.importImage(archive as unknown as NodeJS.ReadableStream, {
      repo: 'you-like-docker/base',
      tag: name,
    });
    await followToEnd(engine.docker, importing);
    return `you-like-docker/base:${name}`;
  }

  test('the image from which a lab image is made does not stay beside it', async () => {
    const { docker } = engine;
    const name = `test-alone-${process.pid}`;
    const definition = { name, hash: 'abc', folder: '', files: [] };
    const base = await smallImage(name);
    const { Id } = await docker.getImage(base).inspect();
    const container = await docker.createContainer(nestingContainer(base, ['/none'], []));
    const { GraphDriver } = await container.inspect();
    const { MergedDir } = GraphDriver.Data as Partial<Record<string, string>>;
    const { reference } = await imageFrom(docker, container, definition, { engine: '1' }, true);
    try {
      await container.remove({ v: true });
      // Its layer is no longer mounted. Without overlay2 it never was, on this machine.
      if (MergedDir) expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(MergedDir);
      await docker.getImage(base).remove({ noprune: true });
      const images = await docker.listImages({ all: true });
      expect(images.map((image) => image.Id)).not.toContain(Id);
      expect(await findImage(docker, definition)).toEqual({ reference, versions: { engine: '1' } });
    } finally {
      await docker.getImage(reference).remove();
    }
  });

  function hasFile(container: Docker.Container, path: string): Promise<boolean> {
    return container.infoArchive({ path }).then(
      () => true,
      (error: unknown) => {
        if ((error as { statusCode?: number }).statusCode === 404) return false;
        throw error;
      },
    );
  }

  test('a lab image has no files from the volumes of its container', async () => {
    const { docker } = engine;
    const name = `test-volume-${process.pid}`;
    const definition = { name, hash: 'abc', folder: '', files: [] };
    const base = await smallImage(name);
    const container = await docker.createContainer(nestingContainer(base, ['/none'], ['/disk']));
    const content = Buffer.from('the disk of an Engine');
    await container.putArchive(await packTar([{ path: 'large', content }]), { path: '/disk' });
    const { reference } = await imageFrom(docker, container, definition, { engine: '1' }, true);
    const made = await docker.createContainer(nestingContainer(reference, ['/none'], []));
    try {
      expect(await hasFile(container, '/disk/large')).toBe(true);
      expect(await hasFile(made, '/file')).toBe(true);
      expect(await hasFile(made, '/disk/large')).toBe(false);
    } finally {
      await made.remove();
      await docker.getImage(reference).remove();
      await container.remove({ v: true });
      await docker.getImage(base).remove();
    }
  });

  test('the next host removes the lab of a process that was killed', async () => {
    const child = childWith(`
      const host = await openLabHost(() => {});
      await host.openLab({ lab: 'default', store: 'containerd', images: [] });
      console.log(ownLabels()['you-like-docker.owner']);
      setInterval(() => {}, 1000);`);
    const owner = await firstLine(child);
    const traces = await tracesOf(owner);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await traces.left()).toContain('container');
    await (await openLabHost(QUIET)).close();
    expect(await eventually(traces.left)).toEqual([]);
  });

  test('an interrupted opening leaves no lab behind', async () => {
    const interrupt = new AbortController();
    const another = await openLabHost(QUIET, interrupt.signal);
    const lab = another.openLab({ lab: 'default', store: 'containerd', images: ['debian'] });
    setTimeout(() => interrupt.abort(new Error('stopped by hand')), 700);
    await expect(lab).rejects.toThrow('stopped by hand');
    await another.close();
    const filters = {
      label: [`you-like-docker.owner=${ownLabels()['you-like-docker.owner'] ?? ''}`],
    };
    const mine = await engine.docker.listContainers({ all: true, filters });
    expect(mine.length).toBe(2); // the two that all tests share
  });
});

function loopDevices(): string {
  return execFileSync('losetup', ['--all'], { encoding: 'utf8' });
}

/** Asks until the answer is empty, because the kernel removes some things a moment later. */
async function eventually(ask: () => Promise<string[]>): Promise<string[]> {
  let found = await ask();
  for (let tries = 0; found.length > 0 && tries < 50; tries++) {
    await sleep(100);
    found = await ask();
  }
  return found;
}

function follow(output: Readable): { until(expected: string): Promise<void> } {
  let seen = '';
  output.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  return {
    until: async (expected) => {
      while (!seen.includes(expected)) {
        if (output.readableEnded) throw new Error(`ended without ${expected}: ${seen}`);
        await sleep(10);
      }
    },
  };
}
