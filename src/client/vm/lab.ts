import workerAddress from './worker/main.ts?worker&url';
import { ControlReader, controlRequest, type ControlAnswer } from '../../vm/control.ts';
import type { VmManifest } from '../../vm/manifest.ts';
import type { Figures, FromWorker, ToWorker } from './protocol.ts';

export { workerAddress };

/** What the machine tells the panel. */
export interface LabEvents {
  /** Bytes of the files that are there, of how many. */
  readonly loading: (loaded: number, total: number) => void;
  readonly kept: (bytes: number, done: boolean) => void;
  /** The guest waits for a part of its disk that cannot be had now. */
  readonly waiting: (message: string) => void;
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
  private started: (() => void) | undefined;
  private measured: ((figures: Figures) => void) | undefined;

  /** @param base address of the manifest's folder, with the slash at its end */
  constructor(manifest: VmManifest, base: string, events: LabEvents) {
    this.manifest = manifest;
    this.base = base;
    this.events = events;
    this.worker = this.openWorker();
  }

  /** Loads the machine and starts it; resolves when it runs. */
  start(): Promise<void> {
    this.answers = newAnswers();
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
    this.worker.terminate();
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
   * Runs a command in the hidden shell. Commands run one after another; what is under way when the machine is reset is never answered.
   * @param command as for `controlRequest`
   */
  control(command: string): Promise<ControlAnswer> {
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

  measure(): Promise<Figures> {
    return new Promise((resolve) => {
      this.measured = resolve;
      this.send({ kind: 'measure' });
    });
  }

  end(): void {
    this.worker.terminate();
    this.listeners.clear();
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
        break;
      case 'waiting':
        this.events.waiting(message.message);
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
  const waiting: ((answer: ControlAnswer) => void)[] = [];
  return { reader: new ControlReader(), decoder: new TextDecoder(), waiting };
}
