import workerAddress from './worker/main.ts?worker&url';
import { ControlReader, controlRequest, type ControlAnswer } from '../format/control.ts';
import type { VmManifest } from '../format/manifest.ts';
import type { Figures, FromWorker, Handlers, Resumed, ToWorker } from './protocol.ts';

export { workerAddress };

/** What the panel does about messages of the machine. */
export type LabEvents = Omit<Handlers, 'started' | 'output' | 'measured'>;

/** Receives the output of the reader's terminal. */
export type OnOutput = (bytes: Uint8Array) => void;

/** A Docker Engine in this tab: the worker in which it runs, and its two serial lines. */
export class BrowserLab {
  private worker: Worker;
  private readonly manifest: VmManifest;
  private readonly base: string;
  private readonly lesson: string;
  private readonly handlers: Handlers;
  private readonly encoder = new TextEncoder();
  private readonly listeners = new Set<OnOutput>();
  private answers = newAnswers();
  /** Whether the saved machines were deleted, so that not even another machine is saved. */
  private isForgotten = false;
  /** Whether the machine is running and reads the two lines. */
  private runs = false;
  private started: ((resumed: Resumed | undefined) => void) | undefined;
  private measured: ((figures: Figures | undefined) => void) | undefined;

  /**
   * @param base address of the manifest's folder, with a trailing slash
   * @param lesson whose saved state is resumed
   */
  constructor(manifest: VmManifest, base: string, lesson: string, events: LabEvents) {
    this.manifest = manifest;
    this.base = base;
    this.lesson = lesson;
    this.handlers = {
      ...events,
      started: ({ resumed }) => {
        this.runs = true;
        this.started?.(resumed);
      },
      output: ({ serial, bytes }) => this.receiveBytes(serial, bytes),
      measured: ({ figures }) => {
        this.measured?.(figures);
        this.measured = undefined;
      },
    };
    this.worker = this.openWorker();
  }

  /**
   * Loads and starts the machine; resolves when it runs, never if it fails.
   * @param isReset whether the saved state is deleted before
   * @returns what the saved state brought along; undefined if there was none
   */
  start(isReset = false): Promise<Resumed | undefined> {
    const { base, manifest, lesson } = this;
    return new Promise((resolve) => {
      this.started = resolve;
      this.send({ kind: 'start', base, manifest, lesson, isReset });
    });
  }

  /**
   * Restores the shipped state; all changes are lost. Uses a new worker, which also helps if the
   * old one failed: v86 can restore a state in a running machine, but the guest did not always
   * continue afterwards.
   */
  async reset(): Promise<void> {
    this.stop();
    this.worker = this.openWorker();
    await this.start(true);
  }

  /** Types into the reader's terminal. */
  input(text: string): void {
    this.type(this.manifest.serial.shell, text);
  }

  /** Listens to the reader's terminal; returns a function that stops listening. */
  onOutput(listener: OnOutput): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Runs a command in the hidden shell. Commands run one after another.
   * @param command as for `controlRequest`
   * @returns undefined if no machine is running, or if it stops before it answers
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

  /** Whether the hidden shell runs a command. */
  get isControlled(): boolean {
    return this.answers.waiting.length > 0;
  }

  /**
   * Saves the machine in the browser. Not while the hidden shell runs a command, whose answer would
   * come from the machine that resumes.
   * @param notes for the page that resumes it
   */
  save(notes: readonly string[]): void {
    if (!this.isForgotten) this.send({ kind: 'save', notes });
  }

  /** Deletes the saved machines of all lessons, and saves nothing more. */
  forget(): void {
    this.isForgotten = true;
    this.send({ kind: 'forget' });
  }

  /** Stores the parts of the disk that are not stored yet. */
  keep(): void {
    this.send({ kind: 'keep' });
  }

  /**
   * Resources used by the machine so far; undefined if no machine is running, or if it stops before
   * it answers.
   */
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
    // v86 looks for this parameter, which makes a worker of its own unnecessary: see
    // worker/scheduler.ts.
    const worker = new Worker(`${workerAddress}?use-scheduling-api`, { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      const handle = this.handlers[data.kind] as (message: FromWorker) => void;
      handle(data);
    });
    worker.addEventListener('error', ({ message }) =>
      this.handlers.fault({ kind: 'fault', message: message || 'the worker could not be loaded' }),
    );
    return worker;
  }

  private type(serial: number, text: string): void {
    this.send({ kind: 'input', serial, bytes: this.encoder.encode(text) });
  }

  private send(message: ToWorker): void {
    this.worker.postMessage(message);
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

/** State of the control line since the machine was started; `waiting` is in request order. */
function newAnswers() {
  const waiting: ((answer: ControlAnswer | undefined) => void)[] = [];
  return { reader: new ControlReader(), decoder: new TextDecoder(), waiting };
}
