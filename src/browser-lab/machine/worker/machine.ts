import type { VmManifest } from '../../format/manifest.ts';
import { compileV86, vmOptions } from '../../format/options.ts';
import { PartsDisk } from '../../format/parts-disk.ts';
import { Network } from '../../network/network.ts';
import type { Handlers, Resumed } from '../protocol.ts';
import { V86 } from 'v86';
import { restoreDevices, saveDevices } from './devices.ts';
import { Files } from './files.ts';
import { applyChange, PageHashes } from './pages.ts';
import { ScreenTail } from './screen-tail.ts';
import type { MachineChange } from './state-store.ts';

/**
 * v86 buffers at most 4,096 unread bytes (its src/uart.js): bytes sent at once, and milliseconds
 * between.
 */
const [PIECE, BETWEEN] = [1024, 20];

/** Bytes of the reader's terminal that are saved at least. */
const SCREEN = 200_000;

/** Parts of v86 that its types do not declare. */
interface Inside {
  readonly v86: {
    readonly cpu: {
      readonly wasm_memory: WebAssembly.Memory;
      /** The guest's memory. A new object when `wasm_memory` grows. */
      readonly mem8: Uint8Array;
      set_jit_config(setting: number, value: number): void;
    };
  };
  readonly bus: { send(name: 'net0-receive', frame: Uint8Array): void };
  zstd_decompress(bytes: number, packed: Uint8Array): ArrayBuffer;
  add_listener(name: `serial${number}-output-byte`, listener: (byte: number) => void): void;
  add_listener(name: 'net0-send', listener: (frame: Uint8Array) => void): void;
  add_listener(name: 'ide-read-start' | 'ide-read-end', listener: () => void): void;
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
  /** What the reader's saved machine brought along; undefined if there was none. */
  resumed: Resumed | undefined;
  private readonly emulator: V86;
  /** The memory of the shipped state. */
  private readonly shipped: PageHashes;
  private readonly screen = new ScreenTail(SCREEN);
  /** Number of disk reads in progress. */
  private reading = 0;
  /** Pending input for each serial line. */
  private readonly typing = new Map<number, Promise<void>>();
  /** Resolves when nothing else starts or stops the machine. */
  private free = Promise.resolve();

  private constructor(files: Files, disk: PartsDisk, emulator: V86, shell: number) {
    this.files = files;
    this.disk = disk;
    this.emulator = emulator;
    this.shipped = new PageHashes(this.guestMemory);
    const machine = inside(emulator);
    machine.add_listener(`serial${shell}-output-byte`, (byte) => this.screen.add(byte));
    machine.add_listener('ide-read-start', () => this.reading++);
    machine.add_listener('ide-read-end', () => this.reading--);
  }

  /**
   * Loads the files and resumes the shipped state.
   * @param saved what the reader has changed in it, if anything
   * @throws {FileFault} if a file cannot be loaded
   */
  static async start(
    base: string,
    manifest: VmManifest,
    saved: Promise<MachineChange | undefined>,
    events: MachineEvents,
  ): Promise<Machine> {
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
      files.named(named.wasm, onBytes).then(compileV86),
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
      ...vmOptions(manifest, base, module),
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
    const machine = new Machine(files, disk, emulator, manifest.serial.shell);
    const change = await saved;
    if (change !== undefined) await machine.apply(change);
    await emulator.run();
    // Only after the new files have been loaded.
    void Files.forgetOthers(base, name);
    return machine;
  }

  /** Types into a serial line, in pieces that fit v86's queue. */
  async type(serial: number, bytes: Uint8Array): Promise<void> {
    const before = this.typing.get(serial) ?? Promise.resolve();
    const typed = Promise.all([before, this.free]).then(async () => {
      for (let at = 0; at < bytes.length; at += PIECE) {
        if (at > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN));
        this.emulator.serial_send_bytes(serial, bytes.subarray(at, at + PIECE));
      }
    });
    this.typing.set(serial, typed);
    await typed;
  }

  pause(): Promise<void> {
    return this.alone(() => this.emulator.stop());
  }

  resume(): Promise<void> {
    return this.alone(() => this.emulator.run());
  }

  /**
   * Finds what has changed since the shipped state; the machine stops meanwhile.
   * @returns undefined while the guest reads from its disk: a machine that resumes from such a
   *   state would wait forever
   */
  changes(): Promise<Omit<MachineChange, 'notes'> | undefined> {
    return this.alone(async () => {
      const isRunning = this.emulator.is_running();
      await this.emulator.stop();
      try {
        if (this.reading > 0) return undefined;
        const devices = await saveDevices(this.emulator);
        return { ...this.shipped.changes(this.guestMemory), devices, screen: this.screen.read() };
      } finally {
        if (isRunning) await this.emulator.run();
      }
    });
  }

  private async apply({ devices, screen, notes, ...memory }: MachineChange): Promise<void> {
    applyChange(this.guestMemory, memory);
    await restoreDevices(this.emulator, devices);
    for (const byte of screen) this.screen.add(byte);
    this.resumed = { screen, notes };
  }

  /** Does something after everything else that starts or stops the machine. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.free.then(work);
    this.free = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  private get guestMemory(): Uint8Array {
    return inside(this.emulator).v86.cpu.mem8;
  }

  /** Memory of the emulator, in bytes. */
  get memory(): number {
    return inside(this.emulator).v86.cpu.wasm_memory.buffer.byteLength;
  }
}

function inside(emulator: V86): Inside {
  return emulator as unknown as Inside;
}
