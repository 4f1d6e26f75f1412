import { DEFAULT_COLS, ROWS } from '../lesson/model.ts';
import { EchoReader } from './echo.ts';
import { MarkReader, type Mark } from './marks.ts';
import type { Look, SessionTerminal, Waiter, Watch } from './model.ts';
import { Signal } from './signal.ts';
import { Take } from './take.ts';

/** Output waiting to be drawn, in characters, at which the session is made to wait, and goes on. */
const [PAUSE_AT, RESUME_AT] = [4_000_000, 1_000_000];

/** How readline begins to draw the last line of a prompt anew. */
const REDRAWN = '\r\x1b[K\r';

/** What the marks have said since the last line was typed. */
interface Heard {
  /** bash took the line and runs it. */
  accepted: boolean;
  /** bash waits for a continuation line. */
  continues: boolean;
  /** The echo of the line's Enter was seen: a prompt that comes now is not one that bash drew anew. */
  entered: boolean;
  /** The prompt is back; the status of the command before it. */
  status: number | undefined;
}

function nothingHeard(): Heard {
  return { accepted: false, continues: false, entered: false, status: undefined };
}

/**
 * What goes to the session's terminal and comes from it, sorted into prompts, echo and output for the take, and into the
 * signs by which one knows how the session stands.
 */
export class Wire {
  /** The recording that the output goes to. */
  take = new Take(DEFAULT_COLS, ROWS);
  heard = nothingHeard();
  /** The session's bash has ended. */
  gone = false;

  private readonly terminal: SessionTerminal;
  private readonly look: Look;
  private readonly marks: MarkReader;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly changed = new Signal();

  /** Process id of the session's bash. */
  private root = 0;
  /** What the look ended with, if it did: then nobody can tell when a program waits. */
  private blind: Error | undefined;
  /** Output that is not recorded: what bash draws anew when the terminal's width changes. */
  private muted: string | undefined;
  /** The prompt as printed, kept back until the next line is typed: it belongs to that line. */
  private prompt: string | undefined;
  private promptParts: string | undefined;
  private echo: EchoReader | undefined;
  private fence = 0;
  /** Bytes that have come from the terminal. */
  private received = 0;
  private watched: { id: number; waiter?: Waiter } | undefined;
  private paused = false;

  constructor(terminal: SessionTerminal, look: Look, nonce: string) {
    this.terminal = terminal;
    this.look = look;
    this.marks = new MarkReader(nonce);
    terminal.onOutput((bytes) => this.receive(bytes));
    void terminal.gone.then(() => {
      this.gone = true;
      this.changed.notify();
    });
    void look.died.then((error) => {
      this.blind = error;
      this.changed.notify();
    });
  }

  /** Types a line and Enter; from here on listens to what becomes of it. */
  typeLine(line: string): void {
    this.heard = nothingHeard();
    this.watched = undefined;
    this.echo = new EchoReader(line);
    this.take.beginLine();
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
    const isOver = () => this.heard.status !== undefined;
    await this.wait(() => this.received > received || isOver(), deadline);
    let isTaken = false;
    this.look.watchSignals(() => {
      isTaken = true;
      this.changed.notify();
    });
    await this.wait(() => isTaken || isOver(), deadline);
    this.stopWatching();
  }

  /** Waits until nothing has come for so many milliseconds, or the session's prompt is back. */
  async silence(milliseconds: number, deadline: number): Promise<void> {
    const isOver = () => this.heard.status !== undefined;
    let before: number;
    do {
      before = this.received;
      const more = () => this.received > before || isOver();
      await this.wait(more, performance.now() + milliseconds);
    } while (this.received > before && !isOver() && performance.now() < deadline);
  }

  /** Looks from now on for a program that waits for the keyboard; `opened` is what was found. */
  watch(what: Omit<Watch, 'root'>): void {
    const watched: { id: number; waiter?: Waiter } = { id: 0 };
    watched.id = this.look.watch({ root: this.root, ...what }, (waiter) => {
      watched.waiter = waiter;
      this.changed.notify();
    });
    this.watched = watched;
  }

  stopWatching(): void {
    this.look.stop();
    this.watched = undefined;
  }

  /** The program that waits for input, once the fence has proved that its output is complete. */
  get opened(): Waiter | undefined {
    const { watched } = this;
    return watched?.waiter !== undefined && this.fence === watched.id ? watched.waiter : undefined;
  }

  /** Whether it is known who took the line: bash ran it, wants more of it, did neither, or a program waits. */
  get answered(): boolean {
    const { accepted, entered, continues, status } = this.heard;
    if (accepted || this.opened !== undefined) return true;
    return entered && (continues || status !== undefined);
  }

  /** Whether this program is the session's bash itself, which waits without a prompt that carries marks. */
  isBash({ pid }: Waiter): boolean {
    return pid === this.root;
  }

  /**
   * Waits for a state of the session.
   * @param deadline in milliseconds of `performance.now()`
   * @returns false if the time is over or bash is gone
   * @throws {Error} if the look has ended
   */
  async wait(reached: () => boolean, deadline: number): Promise<boolean> {
    const done = () => reached() || this.gone || this.blind !== undefined;
    const inTime = await this.changed.until(done, Math.max(0, deadline - performance.now()));
    if (this.blind !== undefined && !this.gone) throw this.blind;
    return inTime && reached();
  }

  /** Waits until the program in front has drawn all and reads the keyboard. */
  async settle(deadline: number, what: Pick<Watch, 'cols'> = {}): Promise<void> {
    this.watch({ delay: 20, ...what });
    await this.wait(() => this.opened !== undefined, deadline);
    this.stopWatching();
  }

  /**
   * Changes the width.
   * @param drawn what is drawn anew because of it: bash's prompt or that of a program, which are on the screen already, or
   * a whole screen, which is recorded
   */
  async resize(
    cols: number,
    deadline: number,
    drawn: 'prompt' | 'program' | 'screen',
  ): Promise<void> {
    const { prompt } = this;
    this.muted = drawn === 'screen' ? undefined : '';
    await this.terminal.resize(cols, ROWS);
    await this.settle(deadline, { cols });
    const muted = this.muted ?? '';
    this.muted = undefined;
    const anew = this.prompt;
    this.prompt = prompt ?? anew;
    if (drawn !== 'prompt') return;
    const lastLine = prompt?.slice(prompt.lastIndexOf('\n') + 1) ?? '';
    const printed = muted.replaceAll(REDRAWN + lastLine, REDRAWN);
    if (printed.replaceAll(REDRAWN, '') === '') return;
    // A job in the background, or a trap, printed as well.
    this.receiveText(printed.replaceAll(REDRAWN, ''));
    if (printed.endsWith(REDRAWN)) this.prompt = anew;
  }

  /** Puts the prompt that was kept back on the screen. */
  showPrompt(): void {
    if (this.prompt === undefined) return;
    const { prompt } = this;
    this.prompt = undefined;
    this.take.output(prompt);
  }

  /** What comes from now on is output. */
  endEcho(): void {
    if (this.echo === undefined) return;
    const { echo } = this;
    const held = echo.finish();
    this.echo = undefined;
    this.heard.entered = echo.entered;
    this.take.endLine(echo.typed, echo.seen);
    if (held !== '') this.take.output(held);
  }

  end(): void {
    this.look.end();
    this.take.dispose();
  }

  private receive(bytes: Uint8Array): void {
    this.received += bytes.length;
    for (const piece of this.marks.read(this.decoder.decode(bytes, { stream: true }))) {
      if ('mark' in piece) this.receiveMark(piece.mark);
      else this.receiveText(piece.text);
    }
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

  /** What was taken for a prompt and is none after all is output. */
  private giveUpPrompt(): void {
    const parts = this.promptParts;
    this.promptParts = undefined;
    if (parts !== undefined) this.receiveText(parts);
  }

  private receiveText(text: string): void {
    if (this.promptParts !== undefined) this.promptParts += text;
    else if (this.muted !== undefined) this.muted += text;
    else if (this.echo !== undefined) {
      const { echo, rest } = this.echo.read(text);
      if (echo !== '') this.take.typing(echo);
      if (this.echo.done) this.endEcho();
      if (rest !== '') this.take.output(rest);
    } else {
      this.showPrompt();
      this.take.output(text);
    }
  }

  private receiveMark({ kind, value }: Mark): void {
    switch (kind) {
      case 'P':
        this.root = Number(value);
        break;
      case 'A':
        this.endEcho();
        this.giveUpPrompt();
        this.promptParts = '';
        break;
      case 'B':
        this.prompt = this.promptParts;
        this.promptParts = undefined;
        this.heard.status = Number(value);
        break;
      case '2':
        this.endEcho();
        this.heard.continues = true;
        break;
      case 'C':
        this.endEcho();
        this.heard.accepted = true;
        this.heard.status = undefined;
        break;
      case 'F':
        this.giveUpPrompt();
        this.fence = Math.max(this.fence, Number(value)); // logs of a container replay old ones
        break;
    }
  }
}

/** How many bytes a text is on the wire. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
