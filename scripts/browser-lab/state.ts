import { readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VmVersions } from '../../src/browser-lab/format/manifest.ts';
import type { Report } from '../lab/index.ts';
import type { V86Options } from 'v86';
import { Console } from './console.ts';
import { Emulator } from './emulator.ts';
import { BuildError } from './run.ts';
import { MACHINE_SETTINGS } from './settings.ts';

/** Paths of the parts from which the machine is started. */
export interface MachineParts {
  readonly kernel: string;
  readonly disk: string;
  readonly wasm: string;
  readonly bios: string;
  readonly vgaBios: string;
  /** Nonce of the marks of the reader's shell. */
  readonly nonce: string;
}

/** Facts that programs in the machine report. */
export interface StateFacts {
  readonly versions: Omit<VmVersions, 'v86'>;
  /** As `docker images` lists them. */
  readonly images: readonly string[];
}

/** Milliseconds for the boot and for each command: importing images can take minutes. */
const LIMIT = 1_200_000;

/**
 * Restarts the Engine and containerd, because after creating images both use a lot of memory and do
 * not return it. From then on, their garbage collectors run only when they near GOMEMLIMIT: that of
 * the Engine costs as much as half a `docker run`, and would otherwise run during every third to
 * fifth one. What containerd starts for a container inherits its settings.
 */
const RESTART = [
  'kill $(pidof dockerd)',
  'while pidof dockerd > /dev/null; do sleep 0.1; done',
  'kill $(pidof containerd)',
  'while pidof containerd > /dev/null; do sleep 0.1; done',
  'rm -f /run/containerd/*.sock*',
  // See `guest/engine`.
  'echo 4 > /sys/block/sda/queue/read_ahead_kb',
  'export GODEBUG=asyncpreemptoff=1 DOCKER_INSECURE_NO_IPTABLES_RAW=1',
  'GOGC=off GOMEMLIMIT=32MiB setsid containerd > /var/log/containerd.log 2>&1 &',
  'until [ -S /run/containerd/containerd.sock ]; do sleep 0.1; done',
  'GOGC=off GOMEMLIMIT=96MiB setsid dockerd --ip6tables=false > /var/log/dockerd.log 2>&1 &',
  'until docker version > /dev/null; do sleep 0.2; done',
  'echo 256 > /sys/block/sda/queue/read_ahead_kb',
].join('\n');

/** Makes the Engine collect garbage, by a request for a heap profile (net/http/pprof, `gc=1`). */
const COLLECT = [
  String.raw`printf "GET /debug/pprof/heap?gc=1 HTTP/1.0\r\n\r\n"`,
  'docker system dial-stdio',
  'grep -q "^HTTP/1.0 200"',
].join(' | ');

/** Run before memory is freed, so that the Engine already has what it creates only once. */
const FIRST = ['docker run --rm busybox true', 'docker run --rm debian true', 'docker ps -a'];

/**
 * Commands such as those of readers, so that the pages that they use are saved with the state.
 * Builds are not among them: the pages of Buildx would add a fifth to the state. They have no
 * single quotes and leave nothing behind.
 */
const WARM = [
  'docker images',
  'docker run --rm busybox true',
  'docker ps -a',
  'docker run -d --name warm -p 8080:80 busybox httpd -f && docker logs warm && docker rm -f warm',
  [
    'docker network create warm',
    'docker run --rm --network warm busybox true',
    'docker network rm warm',
  ].join(' && '),
  'docker run --rm debian ls',
  'docker run --rm busybox true',
];

/**
 * Boots the machine, creates its images, and saves its state.
 * @param target path of the file for the uncompressed state
 */
export async function saveBooted(
  parts: MachineParts,
  target: string,
  report: Report,
): Promise<void> {
  report('booting the machine');
  await inMachine(
    parts,
    { bzimage: await fileAt(parts.kernel), cmdline: MACHINE_SETTINGS.commandLine },
    async ({ emulator, console, ask }) => {
      await console.boot(LIMIT);
      report('importing the images');
      await ask('/usr/lib/browser-lab/import-images');
      await writeFile(target, await emulator.save());
    },
  );
}

/**
 * Resumes that state, prepares it for readers, and saves the new one.
 * @param booted path of the state that `saveBooted` wrote
 * @param target path of the file for the new uncompressed state
 */
export async function savePrepared(
  parts: MachineParts,
  booted: string,
  target: string,
  report: Report,
): Promise<StateFacts> {
  return inMachine(parts, { initial_state: await fileAt(booted) }, async ({ emulator, ask }) => {
    const versions = await readVersions(ask);
    const listed = await ask("docker images --format '{{.Repository}}:{{.Tag}}'");
    report('restarting the Engine');
    await ask(RESTART);
    for (const command of FIRST) {
      await ask(command);
      await ask(COLLECT);
    }
    report('freeing memory');
    const warm = WARM.flatMap((command) => [command, COLLECT])
      .map((command) => `'${command}'`)
      .join(' ');
    const memory = await ask(`/usr/lib/browser-lab/prepare ${warm}`);
    for (const line of memory.split('\n')) report(`memory ${line}`);
    await sleep(3000);
    report('saving the state');
    await writeFile(target, await emulator.save());
    return { versions, images: listed.split('\n').sort() };
  });
}

interface RunningMachine {
  readonly emulator: Emulator;
  readonly console: Console;
  /** Runs a command in the hidden shell and returns its output. Fails if the command fails. */
  readonly ask: (command: string) => Promise<string>;
}

async function inMachine<T>(
  parts: MachineParts,
  start: Pick<V86Options, 'bzimage' | 'cmdline' | 'initial_state'>,
  work: (machine: RunningMachine) => Promise<T>,
): Promise<T> {
  const { memory, vgaMemory, partBytes, uart1, uart2, netDevice, jit } = MACHINE_SETTINGS;
  const { size } = await stat(parts.disk);
  const emulator = await Emulator.start(
    {
      wasm_path: parts.wasm,
      memory_size: memory,
      vga_memory_size: vgaMemory,
      bios: await fileAt(parts.bios),
      vga_bios: await fileAt(parts.vgaBios),
      hda: { url: parts.disk, async: true, size, fixed_chunk_size: partBytes },
      uart1,
      uart2,
      net_device: netDevice,
      fastboot: true,
      ...start,
    },
    jit,
  );
  const console = new Console(emulator, parts.nonce);
  const ask = async (command: string) => {
    const { output, status } = await console.ask(command, LIMIT);
    if (status === 0) return output.trim();
    throw new BuildError(`\`${command}\` ended with ${status} in the machine`, output);
  };
  try {
    return await work({ emulator, console, ask });
  } finally {
    await emulator.end();
  }
}

async function fileAt(path: string): Promise<{ buffer: ArrayBuffer }> {
  return { buffer: new Uint8Array(await readFile(path)).buffer };
}

async function readVersions(
  ask: (command: string) => Promise<string>,
): Promise<StateFacts['versions']> {
  return {
    engine: await ask("docker version --format '{{.Server.Version}}'"),
    docker: await ask("docker version --format '{{.Client.Version}}'"),
    containerd: await ask("containerd --version | cut -d ' ' -f 3"),
    runc: await ask("runc --version | sed -n 's/^runc version //p'"),
    kernel: await ask('uname -r'),
    debian: await ask('cat /etc/debian_version'),
  };
}
