import type { VmManifest } from '../../format/manifest.ts';
import { vmOptions } from '../../format/options.ts';
import { PartsDisk } from '../../format/parts-disk.ts';
import { Network } from '../../network/network.ts';
import type { Handlers } from '../protocol.ts';
import { V86 } from 'v86';
import { Files } from './files.ts';

/**
 * v86 buffers at most 4,096 unread bytes (its src/uart.js): bytes sent at once, and milliseconds
 * between.
 */
const [PIECE, BETWEEN] = [1024, 20];

/** Parts of v86 that its types do not declare. */
interface Inside {
  readonly v86: {
    readonly cpu: {
      readonly wasm_memory: WebAssembly.Memory;
      set_jit_config(setting: number, value: number): void;
    };
  };
  readonly bus: { send(name: 'net0-receive', frame: Uint8Array): void };
  zstd_decompress(bytes: number, packed: Uint8Array): ArrayBuffer;
  add_listener(name: `serial${number}-output-byte`, listener: (byte: number) => void): void;
  add_listener(name: 'net0-send', listener: (frame: Uint8Array) => void): void;
}

/** What is done about what a machine reports. */
export interface MachineEvents extends Handlers<'loading' | 'waiting' | 'resumed'> {
  readonly output: (serial: number, byte: number) => void;
  readonly failed: (error: unknown) => void;
}

/** The emulated computer. */
export class Machine {
  readonly files: Files;
  readonly disk: PartsDisk;
  private readonly emulator: V86;
  /** Pending input for each serial line. */
  private readonly typing = new Map<number, Promise<void>>();

  private constructor(files: Files, disk: PartsDisk, emulator: V86) {
    this.files = files;
    this.disk = disk;
    this.emulator = emulator;
  }

  /**
   * Loads the files and resumes the saved state.
   * @throws {FileFault} if a file cannot be loaded
   */
  static async start(base: string, manifest: VmManifest, events: MachineEvents): Promise<Machine> {
    const named = manifest.files;
    const name = named.state.sha256.slice(0, 16);
    const files = await Files.open(base, name);
    const total = Object.values(named).reduce((sum, { bytes }) => sum + bytes, 0);
    let loaded = 0;
    const onBytes = (bytes: number) =>
      events.loading({ kind: 'loading', loaded: (loaded += bytes), total });
    const [state, bios, vgaBios, module] = await Promise.all([
      files.named(named.state, onBytes),
      files.named(named.bios, onBytes),
      files.named(named.vgaBios, onBytes),
      files.named(named.wasm, onBytes).then((wasm) => WebAssembly.compile(wasm)),
    ]);
    const disk: PartsDisk = new PartsDisk(manifest.disk, {
      fetch: (path) => files.part(path),
      unpack: (packed, bytes) =>
        new Uint8Array(inside(emulator).zstd_decompress(bytes, new Uint8Array(packed))),
      discard: (path) => files.forget(path),
      waiting: () => events.waiting({ kind: 'waiting' }),
      resumed: () => events.resumed({ kind: 'resumed' }),
      failed: events.failed,
    });
    const emulator: V86 = new V86({
      ...vmOptions(manifest, base),
      wasm_path: undefined,
      wasm_fn: async (imports: WebAssembly.Imports) =>
        (await WebAssembly.instantiate(module, imports)).exports,
      bios: { buffer: bios },
      vga_bios: { buffer: vgaBios },
      initial_state: { buffer: state },
      hda: disk,
      autostart: false,
    } as unknown as ConstructorParameters<typeof V86>[0]);
    const network = new Network(
      manifest,
      async (file) => new Uint8Array(await files.named(file, () => undefined)),
      (frame) => inside(emulator).bus.send('net0-receive', frame),
    );
    inside(emulator).add_listener('net0-send', (frame) => network.receive(frame));
    for (const serial of new Set(Object.values(manifest.serial)))
      inside(emulator).add_listener(`serial${serial}-output-byte`, (byte) =>
        events.output(serial, byte),
      );
    await new Promise<void>((resolve) => {
      emulator.add_listener('emulator-loaded', resolve);
    });
    for (const [setting, value] of Object.entries(manifest.jit))
      inside(emulator).v86.cpu.set_jit_config(Number(setting), value);
    await emulator.run();
    // Only after the new files have been loaded.
    void Files.forgetOthers(base, name);
    return new Machine(files, disk, emulator);
  }

  /** Types into a serial line, in pieces that fit v86's queue. */
  async type(serial: number, bytes: Uint8Array): Promise<void> {
    const before = this.typing.get(serial) ?? Promise.resolve();
    const typed = before.then(async () => {
      for (let at = 0; at < bytes.length; at += PIECE) {
        if (at > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN));
        this.emulator.serial_send_bytes(serial, bytes.subarray(at, at + PIECE));
      }
    });
    this.typing.set(serial, typed);
    await typed;
  }

  async pause(): Promise<void> {
    await this.emulator.stop();
  }

  async resume(): Promise<void> {
    await this.emulator.run();
  }

  /** Memory of the emulator, in bytes. */
  get memory(): number {
    return inside(this.emulator).v86.cpu.wasm_memory.buffer.byteLength;
  }
}

function inside(emulator: V86): Inside {
  return emulator as unknown as Inside;
}
