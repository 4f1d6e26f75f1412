import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { VM_SCHEMA, type VmManifest } from '../../src/browser-lab/format/manifest.ts';
import type { OnProgress } from '../lab/index.ts';
import { makeArchive } from './archive.ts';
import { takeBios } from './bios.ts';
import { DIFFERS } from './differs.ts';
import { makeBase, makeDisk, packDisk } from './disk.ts';
import { described, isUpToDate, writeFolder } from './folder.ts';
import { makeImages } from './images.ts';
import { withoutGone } from './inputs/gone.ts';
import { describeServed } from './served.ts';
import { compileKernel } from './kernel.ts';
import { readInputsLock, type InputsLock } from './inputs/lock.ts';
import { collectLicences } from './licences/collect.ts';
import { packageGroups } from './licences/groups.ts';
import { saveState } from './saving.ts';
import { MACHINE_SETTINGS, SERIAL } from './settings.ts';
import type { MachineParts, StateFacts } from './state.ts';
import { hashFiles, hashOf, nameOf, step } from './step.ts';
import { together } from './together.ts';
import { patchedWasm, V86_FOLDER } from './wasm.ts';

const HERE = new URL('./', import.meta.url);
/** Sources that the saved state depends on, besides the parts of the machine. */
const SAVING = [
  'save-state.ts',
  'state.ts',
  'settings.ts',
  'emulator.ts',
  'console.ts',
  '../../src/browser-lab/format/network.ts',
];

/** Result of a build: the manifest of the folder, and whether the folder was rewritten. */
export interface Built {
  readonly manifest: VmManifest;
  readonly written: boolean;
}

/**
 * Builds what is missing or has changed inputs, and writes the folder `vm/`.
 * @param print receives a line for each package whose version differs from the lock file
 */
export async function buildVm(
  report: OnProgress,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Built> {
  const lock = await readInputsLock();
  return withoutGone(lock, (inputs) => buildOf(inputs, report, signal), print, signal);
}

async function buildOf(lock: InputsLock, report: OnProgress, signal: AbortSignal): Promise<Built> {
  // Parts of both keep a single core busy.
  const [kernel, { disk, served }] = await together(
    signal,
    (either) => compileKernel(lock, report, either),
    async (either) => {
      const base = await makeBase(lock, report, either);
      const images = await makeImages(base, lock, report, either);
      return {
        disk: await makeDisk(lock, base, images, report, either),
        served: await describeServed(images, await makeArchive(lock, report, either)),
      };
    },
  );
  const bios = await takeBios(lock, report, signal);
  const v86 = await patchedWasm();
  const wasm = await step('wasm', hashOf(v86, 'gzip'), async (folder) => {
    await writeFile(join(folder, 'v86.wasm'), v86);
    await writeFile(join(folder, 'v86.wasm.gz'), gzipSync(v86, { level: 9 }));
  });
  const packedWasm = join(wasm, 'v86.wasm.gz');
  const parts: MachineParts = {
    kernel,
    disk: disk.image,
    wasm: join(wasm, 'v86.wasm'),
    ...bios,
    nonce: disk.nonce,
  };
  const version = await versionOfV86();
  const results = [kernel, wasm, bios.bios, bios.vgaBios].map(nameOf);
  const machine = hashOf(...results, disk.inputs, version);
  const own = await hashFiles(HERE, SAVING);
  const inputs = hashOf(machine, own);
  // The machine has one processor and often waits, so compress the disk in parallel.
  const [[packed, licences], state] = await together(
    signal,
    async (either) => [
      await packDisk(disk, report, either),
      await collectLicences(lock, packageGroups(lock, dirname(kernel)), report, either),
    ],
    async (either) => {
      const folder = await step('booted', inputs, (fresh) =>
        saveState({ parts, folder: fresh }, report, either),
      );
      const booted = join(folder, 'state.bin');
      return step('state', inputs, (fresh) =>
        saveState({ parts, booted, folder: fresh }, report, either),
      );
    },
  );
  const facts = JSON.parse(await readFile(join(state, 'facts.json'), 'utf8')) as StateFacts & {
    readonly built: string;
  };
  const packedState = join(state, 'state.bin.zst');
  const files = {
    // Servers announce `.gz` as an encoding, which browsers undo.
    wasm: await described(packedWasm, 'v86.wasm.gzip'),
    bios: await described(parts.bios, 'bios.bin'),
    vgaBios: await described(parts.vgaBios, 'vga-bios.bin'),
    state: await described(packedState, 'state.bin.zst'),
  };
  const manifest: VmManifest = {
    schema: VM_SCHEMA,
    built: facts.built,
    inputs,
    memory: MACHINE_SETTINGS.memory,
    vgaMemory: MACHINE_SETTINGS.vgaMemory,
    jit: MACHINE_SETTINGS.jit,
    versions: { ...facts.versions, v86: version },
    images: facts.images,
    differs: DIFFERS,
    files,
    disk: {
      path: `disk-${hashOf(disk.inputs).slice(0, 16)}/part.img.zst`,
      bytes: (await stat(disk.image)).size,
      partBytes: MACHINE_SETTINGS.partBytes,
      packedBytes: await sizeOf(packed),
    },
    registry: served.registry,
    archive: served.archive,
    serial: { shell: SERIAL.shell, control: SERIAL.control },
    shell: { cols: 80, rows: 24, folder: '/root/workshop', nonce: disk.nonce },
  };
  if (await isUpToDate(manifest, licences)) return { manifest, written: false };
  signal.throwIfAborted();
  report('writing vm/');
  const contents = new Map([
    [files.wasm.path, packedWasm],
    [files.bios.path, parts.bios],
    [files.vgaBios.path, parts.vgaBios],
    [files.state.path, packedState],
    ...served.sources,
  ]);
  await writeFolder(manifest, { files: contents, parts: packed, licences });
  return { manifest, written: true };
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function versionOfV86(): Promise<string> {
  const text = await readFile(join(V86_FOLDER, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
