import { ROWS } from '../lesson/model.ts';
import { MarkReader } from './marks.ts';
import type { InputDetector, SessionTerminal, WaitingProgram, InputQuery } from './model.ts';
import { Signal } from './signal.ts';
import { OutputParser } from './output-parser.ts';
import type { ShellState } from './shell-state.ts';

/** Amounts of undrawn output, in characters, at which the terminal is paused and resumed. */
const [PAUSE_AT, RESUME_AT] = [4_000_000, 1_000_000];

/** Connects to the terminal of a session, and tracks the state of the session by its output. */
export class Wire {
  /** Whether the session's bash has ended. */
  gone = false;
  /** Receives the output, for the recording. */
  readonly parser = new OutputParser();

  private readonly terminal: SessionTerminal;
  private readonly detector: InputDetector;
  private readonly marks: MarkReader;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly changed = new Signal();

  /** Why the input detector failed, if it did. Without it, waiting programs cannot be detected. */
  private blind: Error | undefined;
  /** Bytes received from the terminal. */
  private received = 0;
  private watched: { id: number; waiter?: WaitingProgram } | undefined;
  private paused = false;

  constructor(terminal: SessionTerminal, detector: InputDetector, nonce: string) {
    this.terminal = terminal;
    this.detector = detector;
    this.marks = new MarkReader(nonce);
    terminal.onOutput((bytes) => this.receive(bytes));
    void terminal.gone.then(() => {
      this.gone = true;
      this.changed.notify();
    });
    void detector.failed.then((error) => {
      this.blind = error;
      this.changed.notify();
    });
  }

  /** State of the shell according to the marks since the last line was typed. */
  get shell(): Readonly<ShellState> {
    return this.parser.shell;
  }

  /** Types a line and Enter, and starts to track its effect. */
  typeLine(line: string): void {
    this.watched = undefined;
    this.parser.beginLine(line);
    this.press(`${line}\r`);
  }

  /** Sends bytes as keys do. */
  press(keys: string): void {
    this.terminal.input(keys);
  }

  /**
   * Presses a signal key, and waits until the terminal has echoed it and the process has received
   * the signal. If it were pressed again before that, the second signal would be lost.
   */
  async pressSignal(key: string, deadline: number): Promise<void> {
    const { received } = this;
    this.press(key);
    const isOver = () => this.shell.status !== undefined;
    await this.wait(() => this.received > received || isOver(), deadline);
    let isTaken = false;
    this.detector.awaitSignals(() => {
      isTaken = true;
      this.changed.notify();
    });
    await this.wait(() => isTaken || isOver(), deadline);
    this.stopDetecting();
  }

  /** Waits until there was no output for this time, or the session's prompt is back. */
  async silence(milliseconds: number, deadline: number): Promise<void> {
    const isOver = () => this.shell.status !== undefined;
    let before: number;
    do {
      before = this.received;
      const more = () => this.received > before || isOver();
      await this.wait(more, performance.now() + milliseconds);
    } while (this.received > before && !isOver() && performance.now() < deadline);
  }

  /** Starts to look for a program that waits for the keyboard; `opened` is the result. */
  detect(what: Omit<InputQuery, 'root'>): void {
    const watched: { id: number; waiter?: WaitingProgram } = { id: 0 };
    watched.id = this.detector.detect({ root: this.parser.root, ...what }, (waiter, complete) => {
      watched.waiter = waiter;
      if (complete) this.parser.read({ mark: { kind: 'F', value: String(watched.id) } });
      this.changed.notify();
    });
    this.watched = watched;
  }

  stopDetecting(): void {
    this.detector.stop();
    this.watched = undefined;
  }

  /** The program that waits for input, once the fence has shown that its output is complete. */
  get opened(): WaitingProgram | undefined {
    const { watched } = this;
    return watched?.waiter !== undefined && this.parser.fence === watched.id
      ? watched.waiter
      : undefined;
  }

  /** Whether it is known who read the line: bash, which may want more of it, or a program. */
  get answered(): boolean {
    const { accepted, continues, status } = this.shell;
    if (accepted || this.opened !== undefined) return true;
    return this.parser.entered && (continues || status !== undefined);
  }

  /** Whether this program is the session's bash, which waits without a marked prompt. */
  isBash({ pid }: WaitingProgram): boolean {
    return pid === this.parser.root;
  }

  /**
   * Waits for a state of the session.
   * @param deadline in milliseconds of `performance.now()`
   * @returns false on timeout, if bash has ended, or if there was too much output for a step
   * @throws {Error} if the input detector has failed
   */
  async wait(reached: () => boolean, deadline: number): Promise<boolean> {
    const done = () =>
      reached() || this.gone || this.blind !== undefined || this.parser.take.isFlooded;
    const inTime = await this.changed.until(done, Math.max(0, deadline - performance.now()));
    if (this.blind !== undefined && !this.gone) throw this.blind;
    return inTime && reached();
  }

  /** Waits until the foreground program has drawn everything and reads the keyboard. */
  async settle(deadline: number, what: Pick<InputQuery, 'cols'> = {}): Promise<void> {
    this.detect({ delay: 20, ...what });
    await this.wait(() => this.opened !== undefined, deadline);
    this.stopDetecting();
  }

  /**
   * Changes the width.
   * @param drawn what is redrawn because of it: the prompt of bash or of a program, which is on the
   * screen already, or a whole screen, which is recorded
   * @throws what the terminal throws, unless bash has ended, which is reported on the next command
   */
  async resize(
    cols: number,
    deadline: number,
    drawn: 'prompt' | 'program' | 'screen',
  ): Promise<void> {
    if (this.gone) return;
    await this.parser.whileRedrawn(drawn, async () => {
      try {
        await this.terminal.resize(cols, ROWS);
      } catch (error) {
        // The terminal of a bash that has ended cannot be resized, and `gone` is set a bit later.
        if (!(await this.wait(() => this.gone, deadline))) throw error;
      }
      await this.settle(deadline, { cols });
    });
  }

  end(): void {
    this.detector.end();
    this.parser.take.dispose();
  }

  private receive(bytes: Uint8Array): void {
    this.received += bytes.length;
    this.detector.printed?.();
    const text = this.decoder.decode(bytes, { stream: true });
    for (const piece of this.marks.read(text)) this.parser.read(piece);
    if (this.parser.take.undrawn > PAUSE_AT && !this.paused) {
      this.paused = true;
      this.terminal.pause?.();
      void this.resumeWhenDrawn();
    }
    this.changed.notify();
  }

  private async resumeWhenDrawn(): Promise<void> {
    while (this.parser.take.undrawn > RESUME_AT) await this.parser.take.drawn();
    this.paused = false;
    this.terminal.resume?.();
  }
}

/** Length of a text in UTF-8 bytes. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
