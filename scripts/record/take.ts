import serialize from '@xterm/addon-serialize';
import type { IMarker, Terminal as Xterm } from '@xterm/headless';
import { stripVTControlCharacters } from 'node:util';
import { lineOfRow, readScreen } from '../../src/recording/cells.ts';
import type { Screen } from '../../src/recording/screen.ts';
import { createTerminal, flushed } from '../../src/recording/terminal.ts';

/** What happened on the terminal during a step, in order. `at` is in milliseconds of one clock. */
export type TakeItem =
  | { readonly kind: 'command'; readonly label: string; readonly at: number }
  | { readonly kind: 'typing'; readonly text: string; readonly at: number }
  | { readonly kind: 'output'; readonly text: string; readonly at: number };

/** Which lines of the screen show a command's typing: first, and one past the last. */
export type Shown = { readonly from: number; readonly to: number } | null;

/** How much of the latest output `shows` searches, in characters. */
const SEARCHED = 256 * 1024;

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
  private readonly serializer = new serialize.SerializeAddon();
  private readonly typed: { from?: Place | undefined; to?: Place | undefined }[] = [];
  private latest = '';

  /** @param carried what an open program shows already: its prompt, or a whole alternate screen */
  constructor(cols: number, rows: number, carried = '') {
    this.cols = cols;
    this.rows = rows;
    this.terminal = createTerminal(cols, rows);
    this.terminal.loadAddon(this.serializer);
    this.terminal.onData((reply) => (this.replies += reply));
    if (carried !== '') this.output(carried);
  }

  output(text: string): void {
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
    this.typed.push({});
  }

  beginLine(): void {
    const command = this.typed.at(-1);
    this.terminal.write('', () => {
      if (command !== undefined) command.from ??= this.place();
    });
  }

  /** The line was typed and echoed; what follows is output. */
  endLine(): void {
    const command = this.typed.at(-1);
    this.latest = '';
    this.terminal.write('', () => {
      if (command !== undefined) command.to = this.place();
    });
  }

  /** Whether the text was printed since the last line was typed. */
  shows(text: string): boolean {
    return stripVTControlCharacters(this.latest).replaceAll('\r', '').includes(text);
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

  /** Where the typing of each command stands on the screen. */
  async shown(): Promise<Shown[]> {
    await flushed(this.terminal);
    const { lines } = readScreen(this.terminal);
    return this.typed.map(({ from, to }) => {
      const [first, end] = [this.row(from), this.rowAfter(to)];
      if (first === undefined || end === undefined || end <= first) return null;
      return {
        from: lineOfRow(this.terminal, first),
        to: Math.min(lineOfRow(this.terminal, end - 1) + 1, lines.length),
      };
    });
  }

  /** What the next take begins with while a program stays open: the line with its prompt, or its whole alternate screen. */
  async carry(): Promise<string> {
    await flushed(this.terminal);
    const { active } = this.terminal.buffer;
    if (active.type === 'alternate') return this.serializer.serialize({ scrollback: 0 });
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
