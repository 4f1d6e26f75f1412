import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { VM_SCHEMA, type VmManifest } from '../../src/vm/manifest.ts';
import type { Report } from '../lab/index.ts';
import { takeBios } from './bios.ts';
import { DIFFERS } from './differs.ts';
import { makeDisk, packDisk } from './disk.ts';
import { described, presentManifest, VM_FOLDER, writeFolder } from './folder.ts';
import { compile } from './kernel.ts';
import { readInputsLock } from './lock.ts';
import { MACHINE_SETTINGS, SERIAL } from './settings.ts';
import { type MachineParts, saveBooted, savePrepared, type StateFacts } from './state.ts';
import { hashFiles, hashOf, nameOf, step } from './step.ts';
import { patchedWasm, V86_FOLDER } from './wasm.ts';

/** zstd's level for the state, which is packed once and fetched often. */
const LEVEL = 19;

const HERE = new URL('./', import.meta.url);
/** What the saved state depends on, beside what the machine is made of. */
const SAVING = ['state.ts', 'settings.ts', 'emulator.ts', 'console.ts'];

/**
 * Builds what is missing or older than its inputs, and writes the folder `vm/`.
 * @returns its manifest, and whether the folder was written anew
 */
export async function buildVm(
  report: Report,
  signal: AbortSignal,
): Promise<{ readonly manifest: VmManifest; readonly written: boolean }> {
  const lock = await readInputsLock();
  const { kernel, hooks } = await compile(lock, report, signal);
  const disk = await makeDisk(lock, hooks, report, signal);
  const bios = await takeBios(lock, report, signal);
  const wasm = await step('wasm', hashOf(await patchedWasm()), async (folder) => {
    await writeFile(join(folder, 'v86.wasm'), await patchedWasm());
  });
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
  // The machine has one processor and waits much: meanwhile the other one packs.
  const packing = packDisk(disk, report, signal);
  packing.catch(() => undefined);
  const inputs = hashOf(machine, own);
  const booted = await step('booted', inputs, (folder) =>
    saveBooted(parts, join(folder, 'state.bin'), report),
  );
  const state = await step('state', inputs, (folder) =>
    makeState(parts, join(booted, 'state.bin'), folder, report, signal),
  );

  const packed = await packing;
  const facts = JSON.parse(await readFile(join(state, 'facts.json'), 'utf8')) as StateFacts & {
    readonly built: string;
  };
  const contents = {
    wasm: { source: parts.wasm, name: 'v86.wasm' },
    bios: { source: parts.bios, name: 'bios.bin' },
    vgaBios: { source: parts.vgaBios, name: 'vga-bios.bin' },
    state: { source: join(state, 'state.bin.zst'), name: 'state.bin.zst' },
  };
  const files = {
    wasm: await described(contents.wasm),
    bios: await described(contents.bios),
    vgaBios: await described(contents.vgaBios),
    state: await described(contents.state),
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
    serial: { shell: SERIAL.shell, control: SERIAL.control },
    shell: { cols: 80, rows: 24, folder: '/root/workshop', nonce: disk.nonce },
  };
  const present = await presentManifest(VM_FOLDER);
  if (JSON.stringify(present) === JSON.stringify(manifest)) return { manifest, written: false };
  report('writing vm/');
  const sources = new Map(
    (['wasm', 'bios', 'vgaBios', 'state'] as const).map((name) => [
      files[name].path,
      contents[name].source,
    ]),
  );
  await writeFolder(manifest, sources, packed);
  return { manifest, written: true };
}

async function makeState(
  parts: MachineParts,
  booted: string,
  folder: string,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  const raw = join(folder, 'state.bin');
  const facts = await savePrepared(parts, booted, raw, report);
  const told = { built: new Date().toISOString().slice(0, 10), ...facts };
  await writeFile(join(folder, 'facts.json'), JSON.stringify(told));
  report('packing the state');
  const state = await readFile(raw);
  const packed = await promisify(zstdCompress)(state, {
    // v86 wants to know beforehand how much it unpacks.
    pledgedSrcSize: state.length,
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
  });
  await writeFile(`${raw}.zst`, packed);
  await rm(raw);
  signal.throwIfAborted();
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
