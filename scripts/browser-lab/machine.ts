import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { V86Options } from 'v86';
import { readVmManifest, type VmManifest } from '../../src/browser-lab/format/manifest.ts';
import { compileV86, vmOptions } from '../../src/browser-lab/format/options.ts';
import { PartsDisk } from '../../src/browser-lab/format/parts-disk.ts';
import { Network } from '../../src/browser-lab/network/network.ts';
import { Console } from './console.ts';
import { Emulator } from './emulator.ts';
import { VM_FOLDER } from './folder.ts';

const unpack = promisify(zstdDecompress);

/** Runs the browser lab in this process, without a browser, from the files in `vm/`. */
export class Machine {
  readonly manifest: VmManifest;
  readonly emulator: Emulator;
  readonly console: Console;

  private constructor(manifest: VmManifest, emulator: Emulator, console: Console) {
    this.manifest = manifest;
    this.emulator = emulator;
    this.console = console;
  }

  /**
   * Resumes a saved state.
   * @param folder written by `npm run vm`
   * @param state the one in the folder, if absent
   * @throws {Error} if the folder is missing
   */
  static async open(folder = VM_FOLDER, state?: Uint8Array<ArrayBuffer>): Promise<Machine> {
    const manifest = readVmManifest(
      await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => ''),
    );
    // v86 decompresses parts of a disk in a Web Worker, which Node does not have.
    const hda = new PartsDisk(manifest.disk, {
      fetch: async (path) => new Uint8Array(await readFile(join(folder, path))).buffer,
      unpack: async (packed) => new Uint8Array(await unpack(packed)),
      // Waiting does not help if a file is missing.
      waiting: fail,
      failed: fail,
    });
    const initial = state && { initial_state: { buffer: state.buffer } };
    const wasm = await compileV86(
      new Uint8Array(await readFile(join(folder, manifest.files.wasm.path))).buffer,
    );
    const options = { ...vmOptions(manifest, folder + sep, wasm), hda, ...initial };
    const emulator = await Emulator.start(options as unknown as V86Options, manifest.jit);
    const network = new Network(
      manifest,
      ({ path }) => readFile(join(folder, path)),
      (frame) => emulator.deliver(frame),
    );
    emulator.on('frame', (frame) => network.receive(frame));
    const console = new Console(emulator, manifest.shell.nonce);
    return new Machine(manifest, emulator, console);
  }

  async end(): Promise<void> {
    await this.emulator.end();
  }
}

function fail(error: unknown): never {
  throw error;
}
