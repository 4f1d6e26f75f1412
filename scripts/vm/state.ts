import { readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VmVersions } from '../../src/vm/manifest.ts';
import type { Report } from '../lab/index.ts';
import { Console } from './console.ts';
import { Emulator } from './emulator.ts';
import { BuildError } from './run.ts';
import { MACHINE_SETTINGS } from './settings.ts';

/** What the machine is booted from; paths. */
export interface MachineParts {
  readonly kernel: string;
  readonly disk: string;
  readonly wasm: string;
  readonly bios: string;
  readonly vgaBios: string;
  /** Nonce of the marks of the reader's shell. */
  readonly nonce: string;
}

/** What the machine's programs tell of themselves. */
export interface StateFacts {
  readonly versions: Omit<VmVersions, 'v86'>;
  /** What `docker images` shows. */
  readonly images: readonly string[];
}

/** For the boot, which takes 30 to 60 s, and for the import of the images. In milliseconds. */
const LIMIT = 400_000;

/** What is run before the memory is cleared, so that what the Engine makes only once is made. */
const FIRST = ['docker run --rm busybox true', 'docker run --rm debian true', 'docker ps -a'];

/** What a reader does first: the pages that it touches are saved with the state. */
const WARM = [
  'docker images',
  'docker run --rm busybox true',
  'docker ps -a',
  'docker run --rm busybox true',
];

/**
 * Boots the machine, prepares it for readers and saves its state.
 * @param target path of the file that receives it, not packed
 */
export async function saveState(
  parts: MachineParts,
  target: string,
  report: Report,
): Promise<StateFacts> {
  report('booting the machine');
  const disk = await stat(parts.disk);
  const file = async (path: string) => ({
    buffer: new Uint8Array(await readFile(path)).buffer,
  });
  const emulator = await Emulator.start(
    {
      wasm_path: parts.wasm,
      memory_size: MACHINE_SETTINGS.memory,
      vga_memory_size: MACHINE_SETTINGS.vgaMemory,
      bios: await file(parts.bios),
      vga_bios: await file(parts.vgaBios),
      bzimage: await file(parts.kernel),
      cmdline: MACHINE_SETTINGS.commandLine,
      hda: {
        url: parts.disk,
        async: true,
        size: disk.size,
        fixed_chunk_size: MACHINE_SETTINGS.partBytes,
      },
      uart1: MACHINE_SETTINGS.uart1,
      uart2: MACHINE_SETTINGS.uart2,
      fastboot: true,
    },
    MACHINE_SETTINGS.jit,
  );
  const console = new Console(emulator, parts.nonce);
  try {
    await console.boot(LIMIT);
    const ask = async (command: string) => {
      const { output, status } = await console.ask(command, LIMIT);
      if (status !== 0)
        throw new BuildError(`in the machine \`${command}\` ended with ${status}`, output);
      return output.trim();
    };
    report('importing the images');
    await ask('/usr/lib/browser-lab/import-images');
    report('running the Engine for the first time');
    for (const command of FIRST) await ask(command);
    const versions = await readVersions(ask);
    const images = (await ask("docker images --format '{{.Repository}}:{{.Tag}}'"))
      .split('\n')
      .sort();
    report('freeing memory');
    await ask(`/usr/lib/browser-lab/prepare ${WARM.map((command) => `'${command}'`).join(' ')}`);
    await sleep(3000);
    report('saving the state');
    await writeFile(target, await emulator.save());
    return { versions, images };
  } finally {
    await emulator.end();
  }
}

async function readVersions(
  ask: (command: string) => Promise<string>,
): Promise<StateFacts['versions']> {
  return {
    engine: await ask("docker version --format '{{.Server.Version}}'"),
    docker: await ask("docker version --format '{{.Client.Version}}'"),
    containerd: await ask("containerd --version | cut -d ' ' -f 3"),
    crun: await ask("crun --version | sed -n 's/^crun version //p'"),
    kernel: await ask('uname -r'),
    debian: await ask('cat /etc/debian_version'),
  };
}
