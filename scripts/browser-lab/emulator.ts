import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { V86, type V86Options } from 'v86';

/** A part of v86 that its types do not declare. The settings are numbered in its `jit.rs`. */
interface Inside {
  readonly bus: { send(name: 'net0-receive', frame: Uint8Array): void };
  readonly v86: { readonly cpu: { set_jit_config(setting: number, value: number): void } };
}

/**
 * Bytes that are sent at once. v86's queue of a serial line holds 4096, and may still contain some
 * that the guest has not read.
 */
const PIECE = 1024;

/** v86 without a screen, in this process. Its serial lines carry text. */
export class Emulator extends EventEmitter<{
  serial: [line: number, text: string];
  /** An Ethernet frame that the guest sends. */
  frame: [frame: Uint8Array];
}> {
  private readonly v86: V86;
  private readonly decoders = new Map<number, TextDecoder>();
  private readonly pending = new Map<number, number[]>();
  /** Number of disk reads in progress. */
  private reading = 0;
  private flush: NodeJS.Immediate | undefined;

  private constructor(v86: V86) {
    super();
    this.v86 = v86;
    for (const line of [0, 1, 2] as const)
      v86.add_listener(`serial${line}-output-byte` as 'serial0-output-byte', (byte) => {
        this.receive(line, byte);
      });
    // The types of v86 do not declare these events.
    v86.add_listener('net0-send' as 'emulator-loaded', (frame) =>
      this.emit('frame', frame as unknown as Uint8Array),
    );
    v86.add_listener('ide-read-start' as 'emulator-loaded', () => this.reading++);
    v86.add_listener('ide-read-end' as 'emulator-loaded', () => this.reading--);
  }

  /**
   * Starts a machine.
   * @param jit settings of v86's compiler, by number
   */
  static async start(
    options: V86Options,
    jit: Readonly<Record<string, number>>,
  ): Promise<Emulator> {
    const v86 = new V86({
      ...options,
      autostart: false,
      disable_speaker: true,
      disable_keyboard: true,
      disable_mouse: true,
    });
    await new Promise<void>((resolve) => {
      v86.add_listener('emulator-loaded', resolve);
    });
    const emulator = new Emulator(v86);
    const { cpu } = (v86 as unknown as Inside).v86;
    for (const [setting, value] of Object.entries(jit)) cpu.set_jit_config(Number(setting), value);
    await v86.run();
    return emulator;
  }

  /** Number of instructions that the guest has run, modulo 2³². */
  get instructions(): number {
    return this.v86.get_instruction_counter() >>> 0;
  }

  /** Sends text over a serial line, in pieces that fit into the line's queue. */
  async send(line: number, text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (at > 0) await sleep(20);
      this.v86.serial_send_bytes(line, bytes.subarray(at, at + PIECE));
    }
  }

  /** Delivers an Ethernet frame to the guest. */
  deliver(frame: Uint8Array): void {
    (this.v86 as unknown as Inside).bus.send('net0-receive', frame);
  }

  /**
   * Stops the machine and saves its state. Waits for disk reads in progress, because they would
   * never complete in a machine that resumes from the state.
   */
  async save(): Promise<Uint8Array<ArrayBuffer>> {
    for (;;) {
      while (this.reading > 0) await sleep(5);
      await this.v86.stop();
      if (this.reading === 0) return new Uint8Array(await this.v86.save_state());
      await this.v86.run();
    }
  }

  /** Continues after `save`. */
  async resume(): Promise<void> {
    await this.v86.run();
  }

  /** Ends the machine. */
  async end(): Promise<void> {
    await this.v86.destroy();
  }

  private receive(line: number, byte: number): void {
    const bytes = this.pending.get(line);
    if (bytes === undefined) this.pending.set(line, [byte]);
    else bytes.push(byte);
    this.flush ??= setImmediate(() => {
      this.flush = undefined;
      for (const [from, received] of this.pending) {
        this.pending.delete(from);
        const decoder = this.decoders.get(from) ?? new TextDecoder();
        this.decoders.set(from, decoder);
        this.emit('serial', from, decoder.decode(Uint8Array.from(received), { stream: true }));
      }
    });
  }
}
