import * as serialize from '@xterm/addon-serialize';
import type { IMarker, Terminal as Xterm } from '@xterm/headless';
import stripAnsi from 'strip-ansi';
import { lineOfRow, readScreen } from '../recording/cells.ts';
import { exportsOf } from '../recording/exports.ts';
import { lineText, type Screen } from '../recording/screen.ts';
import { createTerminal, flushed, SCROLLBACK } from '../recording/terminal.ts';
import type { EchoReader } from './echo.ts';

/** What happened on the terminal during a step, in order. `at` is in milliseconds of one clock. */
export type TakeItem =
  | { readonly kind: 'command'; readonly label: string; readonly at: number }
  | { readonly kind: 'typing'; readonly text: string; readonly at: number }
  | { readonly kind: 'output'; readonly text: string; readonly at: number };

/** Which lines of the screen show a command's typing: first, and one past the last. */
export type Shown = { readonly from: number; readonly to: number } | null;

const { SerializeAddon } = exportsOf(serialize);

/**
 * How much output a step can have, in characters: what is more ends its play. A command without end would take all memory,
 * and nobody would load a cast of that size.
 */
export const OUTPUT_LIMIT = 32_000_000;
/** How much of the latest output `shows` searches, in characters. */
const SEARCHED = 256 * 1024;
/** Switches to an empty alternate screen (DEC private mode 1049) and goes to its first row. */
const ALTERNATE_SCREEN = '\x1b[?1049h\x1b[H';

/** Where a command was typed: its lines, and what stood in the row before the first one. `to` is known if it was echoed. */
interface Typed {
  readonly lines: string[];
  prompt: string;
  from?: Place | undefined;
  to?: Place | undefined;
}

interface Place {
  readonly marker: IMarker;
  /** Whether something stands in the row already, left of the place. */
  readonly inRow: boolean;
  readonly buffer: 'normal' | 'alternate';
}

/** The recording of one step while it is made: a terminal model, and the items that become its cast. */
export class Take {
  readonly items: TakeItem[] = [];
  readonly cols: number;
  readonly rows: number;
  /** Answers of the terminal to questions of a program (where is the cursor?), not yet sent. */
  replies = '';
  /** Characters that the terminal model has yet to draw. */
  undrawn = 0;

  private readonly terminal: Xterm;
  private readonly serializer = new SerializeAddon();
  private readonly typed: Typed[] = [];
  private latest = '';
  /** The last typed line, if its Enter was not echoed: a program may have drawn the line itself, key by key. */
  private drawnLine = '';
  /** Characters of output so far, those after the end of the step too. */
  private size = 0;
  /** What came after the end of the step. */
  private late: string | undefined;

  /** @param carried what an open program shows already: its prompt, or a whole alternate screen */
  constructor(cols: number, rows: number, carried = '') {
    this.cols = cols;
    this.rows = rows;
    this.terminal = createTerminal(cols, rows);
    this.terminal.loadAddon(this.serializer);
    this.terminal.onData((reply) => (this.replies += reply));
    if (carried !== '') this.output(carried);
  }

  /** Ends the step: what is printed from now on belongs to the next one. */
  close(): void {
    this.late ??= '';
  }

  /** Keeps what is printed, but for what comes when it is full. */
  output(text: string): void {
    if (this.isFlooded) return;
    this.size += text.length;
    if (this.late !== undefined) {
      this.late += text;
      return;
    }
    this.items.push({ kind: 'output', text, at: performance.now() });
    this.latest = (this.latest + text).slice(-SEARCHED);
    this.draw(text);
  }

  typing(text: string): void {
    this.items.push({ kind: 'typing', text, at: performance.now() });
    this.draw(text);
  }

  /** The next lines that are typed belong to this command. */
  beginCommand(label: string): void {
    this.items.push({ kind: 'command', label, at: performance.now() });
    this.typed.push({ lines: [], prompt: '' });
  }

  beginLine(): void {
    const command = this.typed.at(-1);
    this.latest = ''; // what was printed before the line is no answer to it
    this.terminal.write('', () => {
      this.replies = ''; // to questions of a program that did not wait for the answer
      if (command === undefined || command.from !== undefined) return;
      command.from = this.place();
      command.prompt = this.leftOfCursor();
    });
  }

  /** The line was typed; what follows is output. */
  endLine({ typed: line, seen, entered }: Pick<EchoReader, 'typed' | 'seen' | 'entered'>): void {
    const command = this.typed.at(-1);
    this.latest = '';
    this.drawnLine = entered ? '' : line;
    command?.lines.push(line);
    if (command === undefined || !seen) return;
    this.terminal.write('', () => (command.to = this.place()));
  }

  /** Whether more was printed than the terminal keeps: the first lines are gone. */
  get isFull(): boolean {
    return this.terminal.buffer.normal.length >= SCROLLBACK + this.rows;
  }

  /** More was printed than a step can have. */
  get isFlooded(): boolean {
    return this.size > OUTPUT_LIMIT;
  }

  /** Whether a program has the alternate screen, all of which it draws itself. */
  get alternate(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  /** The session's bash runs the typed line: all that comes is output. */
  accepted(): void {
    this.drawnLine = '';
  }

  /** Whether the text was printed since the last line was typed. */
  shows(text: string): boolean {
    const printed = stripAnsi(this.latest).replaceAll('\r', '');
    if (!this.drawnLine.includes(text)) return printed.includes(text);
    // The line itself has the text: what the program says of it begins behind its Enter.
    const enter = printed.indexOf('\n');
    return enter >= 0 && printed.includes(text, enter);
  }

  /** Resolves when all output so far is on the screen. */
  drawn(): Promise<void> {
    return flushed(this.terminal);
  }

  /** What the terminal shows now. */
  async screen(): Promise<Screen> {
    await flushed(this.terminal);
    return readScreen(this.terminal);
  }

  /** Where the typing of each command stands on the screen; null where it was not echoed, or is gone by now. */
  async shown(): Promise<Shown[]> {
    await flushed(this.terminal);
    const { lines } = readScreen(this.terminal);
    return this.typed.map((typed) => {
      const [first, end] = [this.row(typed.from), this.rowAfter(typed.to)];
      if (first === undefined) return null;
      const from = lineOfRow(this.terminal, first);
      const [line = '', ...rest] = typed.lines.map(dense);
      const begun = dense(typed.prompt) + line;
      if (end === undefined) {
        // No echo was recognized: a line editor that draws the whole line at each key has it on the screen all the same.
        const drawn = rest.length === 0 && dense(lineText(lines[from] ?? [])) === begun;
        return drawn ? { from, to: from + 1 } : null;
      }
      if (end <= first) return null;
      const to = Math.min(lineOfRow(this.terminal, end - 1) + 1, lines.length);
      const text = dense(lines.slice(from, to).map(lineText).join(''));
      const found = [begun, ...rest].every((part) => text.includes(plain(part)));
      return found ? { from, to } : null;
    });
  }

  /**
   * What the next take begins with: of an open program the line with its prompt or its whole alternate screen, and an
   * empty alternate screen where one was left on; then what was printed between the steps.
   */
  async carry(open: boolean): Promise<string> {
    await flushed(this.terminal);
    return this.carriedScreen(open) + (this.late ?? '');
  }

  private carriedScreen(open: boolean): string {
    const { active } = this.terminal.buffer;
    if (this.alternate) {
      if (!open) return ALTERNATE_SCREEN;
      const both = this.serializer.serialize({ scrollback: 0 });
      return both.slice(both.indexOf(ALTERNATE_SCREEN)); // the screen behind it is of an earlier step
    }
    if (!open) return '';
    const end = active.baseY + active.cursorY;
    let start = end;
    while (start > 0 && active.getLine(start)?.isWrapped) start--;
    return this.serializer.serialize({
      range: { start, end },
      excludeModes: true,
      excludeAltBuffer: true,
    });
  }

  dispose(): void {
    this.terminal.dispose();
  }

  private draw(text: string): void {
    this.undrawn += text.length;
    this.terminal.write(text, () => (this.undrawn -= text.length));
  }

  private place(): Place | undefined {
    const { type, cursorX } = this.terminal.buffer.active;
    const marker = this.terminal.registerMarker(0);
    return marker && { marker, inRow: cursorX > 0, buffer: type };
  }

  private leftOfCursor(): string {
    const { active } = this.terminal.buffer;
    const row = active.getLine(active.baseY + active.cursorY);
    return row?.translateToString(false, 0, active.cursorX) ?? '';
  }

  private row(place: Place | undefined): number | undefined {
    if (
      place === undefined ||
      place.marker.isDisposed ||
      place.buffer !== this.terminal.buffer.active.type
    )
      return undefined;
    return place.marker.line;
  }

  private rowAfter(place: Place | undefined): number | undefined {
    const row = this.row(place);
    return row !== undefined && place?.inRow ? row + 1 : row;
  }
}

/** Text without blanks: a line editor breaks lines as it likes. */
function dense(text: string): string {
  return text.replace(/\s/g, '');
}

/** What every terminal and line editor draws as it is typed: the beginning up to the first other character. */
function plain(text: string): string {
  return /^[!-~]*/.exec(text)?.[0] ?? '';
}
