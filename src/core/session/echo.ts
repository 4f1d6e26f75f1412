/** Escape sequences that a line editor mixes into what it echoes: CSI and two-character ones. */
const ESCAPE = /^\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\^_=>])/;
const ESCAPE_BEGINNING = /^\x1b(?:\[[0-?]*[ -/]*)?$/;

/**
 * Separates the echo of a typed line from the output after it, for programs whose prompts have no
 * marks. This only affects the pace of the typing and which lines count as typed. If a program
 * does not echo (a password prompt), the echo ends at once.
 */
export class EchoReader {
  readonly typed: string;
  /** Whether the echo reached the end of the line. */
  entered = false;
  private left: string;
  private held = '';
  private state: 'typing' | 'enter' | 'done' = 'typing';
  private matched = false;

  constructor(typed: string) {
    this.typed = typed;
    this.left = typed;
    if (typed === '') this.state = 'enter';
  }

  get done(): boolean {
    return this.state === 'done';
  }

  /** Whether any typed character was echoed. */
  get seen(): boolean {
    return this.matched;
  }

  /** Splits the next output into echo and the rest. */
  read(output: string): { echo: string; rest: string } {
    const text = this.held + output;
    this.held = '';
    let at = 0;
    while (at < text.length && !this.done) {
      const rest = text.slice(at);
      if (ESCAPE_BEGINNING.test(rest)) {
        this.held = rest;
        return { echo: text.slice(0, at), rest: '' };
      }
      at += this.step(rest);
    }
    return { echo: text.slice(0, at), rest: text.slice(at) };
  }

  /** Ends the echo. Returns text that was held back as possible echo, which is output now. */
  finish(): string {
    this.state = 'done';
    const { held } = this;
    this.held = '';
    return held;
  }

  /** Length of the next part of the echo; 0 if the echo has ended. */
  private step(rest: string): number {
    const escape = ESCAPE.exec(rest)?.[0];
    if (escape !== undefined) return escape.length;
    if (this.state === 'enter') return this.readEnter(rest);
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if (this.left.startsWith(character)) {
      this.matched = true;
      this.left = this.left.slice(character.length);
      if (this.left === '') this.state = 'enter';
      return character.length;
    }
    // A typed tab is drawn as spaces.
    if (this.left.startsWith('\t')) {
      if (character === ' ') return 1;
      this.left = this.left.slice(1);
      if (this.left === '') this.state = 'enter';
      return this.step(rest);
    }
    // A line editor wraps with a space, a carriage return and a line feed, and may redraw.
    if (this.matched && ' \r\n\b'.includes(character)) return 1;
    this.state = 'done';
    return 0;
  }

  private readEnter(rest: string): number {
    if (rest.startsWith('\r')) return 1;
    this.state = 'done';
    if (!rest.startsWith('\n')) return 0;
    this.matched = true;
    this.entered = true;
    return 1;
  }
}
