import workerAddress from './worker/main.ts?worker&url';
import { ControlReader, controlRequest, type ControlAnswer } from '../format/control.ts';
import type { VmManifest } from '../format/manifest.ts';
import type { Figures, FromWorker, ToWorker } from './protocol.ts';

export { workerAddress };

/** What the machine tells the panel. */
export interface LabEvents {
  /** Bytes of the files that are there, of how many. */
  readonly loading: (loaded: number, total: number) => void;
  readonly kept: (bytes: number, done: boolean) => void;
  /** Not all of the disk can be kept. */
  readonly notKept: (message: string) => void;
  /** The guest waits for a part of its disk that cannot be had now. */
  readonly waiting: () => void;
  /** It has it. */
  readonly goesOn: () => void;
  /** The machine cannot go on. */
  readonly fault: (message: string) => void;
}

/** Takes the bytes of the reader's terminal as they come. */
export type OnOutput = (bytes: Uint8Array) => void;

/** A Docker Engine in this tab: the worker in which it runs, and the two lines to it. */
export class Lab {
  private worker: Worker;
  private readonly manifest: VmManifest;
  private readonly base: string;
  private readonly events: LabEvents;
  private readonly encoder = new TextEncoder();
  private readonly listeners = new Set<OnOutput>();
  private answers = newAnswers();
  /** Whether somebody listens at the other end of the two lines. */
  private runs = false;
  private started: (() => void) | undefined;
  private measured: ((figures: Figures | undefined) => void) | undefined;

  /** @param base address of the manifest's folder, with the slash at its end */
  constructor(manifest: VmManifest, base: string, events: LabEvents) {
    this.manifest = manifest;
    this.base = base;
    this.events = events;
    this.worker = this.openWorker();
  }

  /** Loads the machine and starts it; resolves when it runs, and not if it fails. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.started = resolve;
      this.send({ kind: 'start', base: this.base, manifest: this.manifest });
    });
  }

  /**
   * Goes back to the saved state: all that was done in it is gone. In a new worker, which also helps where the old one has failed; v86 can
   * restore a state in a machine that runs, but the guest did not always go on after it.
   */
  reset(): Promise<void> {
    this.stop();
    this.worker = this.openWorker();
    return this.start();
  }

  /** Types into the reader's terminal. */
  input(text: string): void {
    this.type(this.manifest.serial.shell, text);
  }

  /** Listens to the reader's terminal; returns what ends it. */
  onOutput(listener: OnOutput): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Runs a command in the hidden shell. Commands run one after another.
   * @param command as for `controlRequest`
   * @returns undefined if there is no machine, or none any more, that could answer
   */
  control(command: string): Promise<ControlAnswer | undefined> {
    if (!this.runs) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.answers.waiting.push(resolve);
      this.type(this.manifest.serial.control, controlRequest(command));
    });
  }

  pause(): void {
    this.send({ kind: 'pause' });
  }

  resume(): void {
    this.send({ kind: 'resume' });
  }

  /** Fetches all of the disk that is not kept yet. */
  keep(): void {
    this.send({ kind: 'keep' });
  }

  /** What the machine took so far; undefined if there is none, or none any more, that could answer. */
  measure(): Promise<Figures | undefined> {
    if (!this.runs) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.measured?.(undefined);
      this.measured = resolve;
      this.send({ kind: 'measure' });
    });
  }

  end(): void {
    this.stop();
    this.listeners.clear();
  }

  private stop(): void {
    this.worker.terminate();
    this.runs = false;
    for (const answer of this.answers.waiting) answer(undefined);
    this.answers = newAnswers();
    this.measured?.(undefined);
    this.measured = undefined;
  }

  private openWorker(): Worker {
    // What v86 looks for in the address, so that it needs no worker of its own: see worker/scheduler.ts.
    const worker = new Worker(`${workerAddress}?use-scheduling-api`, { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.receive(data));
    worker.addEventListener('error', ({ message }) =>
      this.events.fault(message || 'the worker could not be loaded'),
    );
    return worker;
  }

  private type(serial: number, text: string): void {
    this.send({ kind: 'input', serial, bytes: this.encoder.encode(text) });
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'loading':
        this.events.loading(message.loaded, message.total);
        break;
      case 'started':
        this.runs = true;
        this.started?.();
        break;
      case 'output':
        this.receiveBytes(message.serial, message.bytes);
        break;
      case 'kept':
        this.events.kept(message.bytes, message.done);
        break;
      case 'measured':
        this.measured?.(message.figures);
        this.measured = undefined;
        break;
      case 'not-kept':
        this.events.notKept(message.message);
        break;
      case 'waiting':
        this.events.waiting();
        break;
      case 'goes-on':
        this.events.goesOn();
        break;
      case 'fault':
        this.events.fault(message.message);
        break;
    }
  }

  private receiveBytes(serial: number, bytes: Uint8Array): void {
    if (serial === this.manifest.serial.shell) {
      for (const listener of [...this.listeners]) listener(bytes);
      return;
    }
    const { reader, decoder, waiting } = this.answers;
    for (const answer of reader.read(decoder.decode(bytes, { stream: true })))
      waiting.shift()?.(answer);
  }
}

/** The control line since the machine was started: who waits for an answer, in order. */
function newAnswers() {
  const waiting: ((answer: ControlAnswer | undefined) => void)[] = [];
  return { reader: new ControlReader(), decoder: new TextDecoder(), waiting };
}
