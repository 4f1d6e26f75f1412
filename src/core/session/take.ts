import * as serialize from '@xterm/addon-serialize';
import type { IMarker, Terminal as Xterm } from '@xterm/headless';
import stripAnsi from 'strip-ansi';
import { lineOfRow, readScreen } from '../recording/cells.ts';
import { exportsOf } from '../recording/exports.ts';
import { lineText, type Screen } from '../recording/screen.ts';
import { createTerminal, flushed, SCROLLBACK } from '../recording/terminal.ts';
import type { EchoReader } from './echo.ts';

/** An event on the terminal during a step. `at` is in milliseconds of one clock. */
export type TakeItem =
  | { readonly kind: 'command'; readonly label: string; readonly at: number }
  | { readonly kind: 'typing'; readonly text: string; readonly at: number }
  | { readonly kind: 'output'; readonly text: string; readonly at: number };

/** The lines of the screen that show a typed command: the first, and one past the last. */
export type Shown = { readonly from: number; readonly to: number } | null;

const { SerializeAddon } = exportsOf(serialize);

/**
 * Maximum output of a step, in characters; more ends its run. An endless command would fill the
 * memory, and nobody would load such a large cast.
 */
export const OUTPUT_LIMIT = 32_000_000;
/** How much of the latest output `shows` searches, in characters. */
const SEARCHED = 256 * 1024;
/** Switches to an empty alternate screen (DEC private mode 1049) and moves to its first row. */
const ALTERNATE_SCREEN = '\x1b[?1049h\x1b[H';

/** A typed command: its prompt, its lines and their place. `to` is set if they were echoed. */
interface Typed {
  readonly lines: string[];
  prompt: string;
  from?: Place | undefined;
  to?: Place | undefined;
}

interface Place {
  readonly marker: IMarker;
  /** Whether there is text to the left in the same row. */
  readonly inRow: boolean;
  readonly buffer: 'normal' | 'alternate';
}

/** A recording in progress of one step: a terminal model, and the events that become its cast. */
export class Take {
  readonly items: TakeItem[] = [];
  readonly cols: number;
  readonly rows: number;
  /** Replies of the terminal to queries of a program (where is the cursor?), not yet sent. */
  replies = '';
  /** Number of characters that the terminal model has not drawn yet. */
  undrawn = 0;

  private readonly terminal: Xterm;
  private readonly serializer = new SerializeAddon();
  private readonly typed: Typed[] = [];
  private latest = '';
  /** The last line, if its Enter was not echoed. A program may have drawn it itself, key by key. */
  private drawnLine = '';
  /** Number of characters of output so far, including those after the end of the step. */
  private size = 0;
  /** Output after the end of the step. */
  private late: string | undefined;

  /** @param carried what an open program already shows: its prompt or a whole alternate screen */
  constructor(cols: number, rows: number, carried = '') {
    this.cols = cols;
    this.rows = rows;
    this.terminal = createTerminal(cols, rows);
    this.terminal.loadAddon(this.serializer);
    this.terminal.onData((reply) => (this.replies += reply));
    if (carried !== '') this.output(carried);
  }

  /** Ends the step. Later output belongs to the next one. */
  close(): void {
    this.late ??= '';
  }

  /** Adds output, up to the limit. */
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

  /** Begins a command, which the next typed lines belong to. */
  beginCommand(label: string): void {
    this.items.push({ kind: 'command', label, at: performance.now() });
    this.typed.push({ lines: [], prompt: '' });
  }

  beginLine(): void {
    const command = this.typed.at(-1);
    this.latest = ''; // earlier output is not a response to the line
    this.terminal.write('', () => {
      this.replies = ''; // to a program that did not wait for them
      if (command === undefined || command.from !== undefined) return;
      command.from = this.place();
      command.prompt = this.leftOfCursor();
    });
  }

  /** Ends the typing of a line. What follows is output. */
  endLine({ typed: line, seen, entered }: Pick<EchoReader, 'typed' | 'seen' | 'entered'>): void {
    const command = this.typed.at(-1);
    this.latest = '';
    this.drawnLine = entered ? '' : line;
    command?.lines.push(line);
    if (command === undefined || !seen) return;
    this.terminal.write('', () => (command.to = this.place()));
  }

  /** Whether the terminal's scrollback is full, so that the first lines are lost. */
  get isFull(): boolean {
    return this.terminal.buffer.normal.length >= SCROLLBACK + this.rows;
  }

  /** Whether there was more output than a step may have. */
  get isFlooded(): boolean {
    return this.size > OUTPUT_LIMIT;
  }

  /** Whether a full-screen program uses the alternate screen. */
  get alternate(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  /** Notes that bash runs the typed line. What follows is output. */
  accepted(): void {
    this.drawnLine = '';
  }

  /** Whether the text was printed since the last line was typed. */
  shows(text: string): boolean {
    const printed = stripAnsi(this.latest).replaceAll('\r', '');
    if (!this.drawnLine.includes(text)) return printed.includes(text);
    // The line itself contains the text, so only output after its Enter counts.
    const enter = printed.indexOf('\n');
    return enter >= 0 && printed.includes(text, enter);
  }

  /** Resolves when all output so far has been drawn. */
  drawn(): Promise<void> {
    return flushed(this.terminal);
  }

  /** The current screen of the terminal. */
  async screen(): Promise<Screen> {
    await flushed(this.terminal);
    return readScreen(this.terminal);
  }

  /** Where each command is on the screen; null if it was not echoed or is no longer there. */
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
        // No echo was recognized, but a line editor may have drawn the whole line at each key.
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
   * The start of the next take: the prompt line or the whole alternate screen of an open program,
   * or an empty alternate screen if one was left on; then output from between the steps.
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
      // The normal screen belongs to an earlier step.
      return both.slice(both.indexOf(ALTERNATE_SCREEN));
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

/** Removes white space, because line editors wrap lines in different ways. */
function dense(text: string): string {
  return text.replace(/\s/g, '');
}

/** The start of a text, up to the first character that a terminal or line editor may change. */
function plain(text: string): string {
  return /^[!-~]*/.exec(text)?.[0] ?? '';
}
