import { ROWS } from '../lesson/model.ts';
import { MarkReader } from './marks.ts';
import type { InputDetector, SessionTerminal, WaitingProgram, InputQuery } from './model.ts';
import { Signal } from './signal.ts';
import { OutputParser } from './output-parser.ts';
import type { ShellState } from './shell-state.ts';
import type { Take } from './take.ts';

/** Output waiting to be drawn, in characters, at which the session is made to wait, and goes on. */
const [PAUSE_AT, RESUME_AT] = [4_000_000, 1_000_000];

/** What goes to the session's terminal and comes from it, and the signs by which one knows how the session stands. */
export class Wire {
  /** The session's bash has ended. */
  gone = false;

  private readonly terminal: SessionTerminal;
  private readonly detector: InputDetector;
  private readonly marks: MarkReader;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly changed = new Signal();
  private readonly parser = new OutputParser();

  /** Why the input detector failed, if it did: then nobody can tell when a program waits. */
  private blind: Error | undefined;
  /** Bytes that have come from the terminal. */
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

  /** The recording that the output goes to. */
  get take(): Take {
    return this.parser.take;
  }

  set take(take: Take) {
    this.parser.take = take;
  }

  /** What the marks have said since the last line was typed. */
  get shell(): Readonly<ShellState> {
    return this.parser.shell;
  }

  /** Types a line and Enter; from here on listens to what becomes of it. */
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
   * Presses a key that is a signal, and waits until it has come to the terminal, which shows it, and was taken by whom it is
   * for: the same one, pressed again before, would be lost.
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

  /** Waits until nothing has come for so many milliseconds, or the session's prompt is back. */
  async silence(milliseconds: number, deadline: number): Promise<void> {
    const isOver = () => this.shell.status !== undefined;
    let before: number;
    do {
      before = this.received;
      const more = () => this.received > before || isOver();
      await this.wait(more, performance.now() + milliseconds);
    } while (this.received > before && !isOver() && performance.now() < deadline);
  }

  /** Looks from now on for a program that waits for the keyboard; `opened` is what was found. */
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

  /** The program that waits for input, once the fence has proved that its output is complete. */
  get opened(): WaitingProgram | undefined {
    const { watched } = this;
    return watched?.waiter !== undefined && this.parser.fence === watched.id
      ? watched.waiter
      : undefined;
  }

  /** Whether it is known who took the line: bash ran it, wants more of it, did neither, or a program waits. */
  get answered(): boolean {
    const { accepted, continues, status } = this.shell;
    if (accepted || this.opened !== undefined) return true;
    return this.parser.entered && (continues || status !== undefined);
  }

  /** Whether this program is the session's bash itself, which waits without a prompt that carries marks. */
  isBash({ pid }: WaitingProgram): boolean {
    return pid === this.parser.root;
  }

  /**
   * Waits for a state of the session.
   * @param deadline in milliseconds of `performance.now()`
   * @returns false if the time is over, bash is gone, or more was printed than a step can have
   * @throws {Error} if the input detector has failed
   */
  async wait(reached: () => boolean, deadline: number): Promise<boolean> {
    const done = () => reached() || this.gone || this.blind !== undefined || this.take.isFlooded;
    const inTime = await this.changed.until(done, Math.max(0, deadline - performance.now()));
    if (this.blind !== undefined && !this.gone) throw this.blind;
    return inTime && reached();
  }

  /** Waits until the program in front has drawn all and reads the keyboard. */
  async settle(deadline: number, what: Pick<InputQuery, 'cols'> = {}): Promise<void> {
    this.detect({ delay: 20, ...what });
    await this.wait(() => this.opened !== undefined, deadline);
    this.stopDetecting();
  }

  /**
   * Changes the width.
   * @param drawn what is drawn anew because of it: bash's prompt or that of a program, which are on the screen already, or
   * a whole screen, which is recorded
   * @throws what the terminal throws, unless bash is gone, which whoever types next is told
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
        // A terminal without its bash has no width; that it is gone is told a moment later.
        if (!(await this.wait(() => this.gone, deadline))) throw error;
      }
      await this.settle(deadline, { cols });
    });
  }

  /** Puts the prompt that was kept back on the screen. */
  showPrompt(): void {
    this.parser.showPrompt();
  }

  /** What comes from now on is output. */
  endEcho(): void {
    this.parser.endEcho();
  }

  end(): void {
    this.detector.end();
    this.take.dispose();
  }

  private receive(bytes: Uint8Array): void {
    this.received += bytes.length;
    this.detector.printed?.();
    const text = this.decoder.decode(bytes, { stream: true });
    for (const piece of this.marks.read(text)) this.parser.read(piece);
    if (this.take.undrawn > PAUSE_AT && !this.paused) {
      this.paused = true;
      this.terminal.pause();
      void this.resumeWhenDrawn();
    }
    this.changed.notify();
  }

  private async resumeWhenDrawn(): Promise<void> {
    while (this.take.undrawn > RESUME_AT) await this.take.drawn();
    this.paused = false;
    this.terminal.resume();
  }
}

/** How many bytes a text is on the wire. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
