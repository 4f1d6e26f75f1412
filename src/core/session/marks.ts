/**
 * A mark that the shell integration or the input detector inserts into the output of the session:
 * `ESC ] 133 ; KIND ; NONCE ; VALUE BEL`, based on OSC 133
 * (https://gitlab.freedesktop.org/Per_Bothner/specifications). No other output can know the nonce.
 */
export interface Mark {
  readonly kind: string;
  readonly value: string;
}

/** A piece of the session's output: text for the terminal, or a mark. */
export type Piece = { readonly text: string } | { readonly mark: Mark };

const OPENING = '\x1b]133;';
const CLOSING = '\x07';
/** What `\[` becomes if a lesson expands a prompt (`${PS1@P}`); readline removes it elsewhere. */
const EXPANDED = '\x01';

/** Extracts marks from output, even if they arrive in parts. Text that resembles one is output. */
export class MarkReader {
  private pending = '';
  private previous = '';
  private readonly middle: string;
  /** What `set -v` prints of the shell integration at each prompt. */
  private readonly verbose: string;

  constructor(nonce: string) {
    this.middle = `;${nonce};`;
    this.verbose = `\t{ __mark_prompts_${nonce}; } >/dev/null 2>&1\r\n`;
  }

  read(output: string): Piece[] {
    const pieces: Piece[] = [];
    let rest = this.pending + output;
    let text = '';
    this.pending = '';
    const keep = (length: number) => {
      if (length > 0) this.previous = rest.charAt(length - 1);
      text += rest.slice(0, length);
      rest = rest.slice(length);
    };
    while (rest !== '') {
      const [mark, verbose] = [rest.indexOf(OPENING), rest.indexOf(this.verbose)];
      if (verbose >= 0 && (mark < 0 || verbose < mark)) {
        keep(verbose);
        rest = rest.slice(this.verbose.length);
        continue;
      }
      if (mark < 0) {
        keep(rest.length - Math.max(begun(OPENING, rest), begun(this.verbose, rest)));
        this.pending = rest;
        break;
      }
      keep(mark);
      const read = this.readMark(rest);
      if (read === 'incomplete') {
        this.pending = rest;
        break;
      }
      if (read === undefined) {
        keep(OPENING.length);
        continue;
      }
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({ mark: read });
      rest = rest.slice(rest.indexOf(CLOSING) + 1);
    }
    if (text !== '') pieces.push({ text });
    return pieces;
  }

  /** Reads a mark at the start of the text; `incomplete` if more text may complete it. */
  private readMark(text: string): Mark | 'incomplete' | undefined {
    if (this.previous === EXPANDED) return undefined;
    const kind = text.charAt(OPENING.length);
    const rest = text.slice(OPENING.length + 1);
    const middle = rest.slice(0, this.middle.length);
    if (!this.middle.startsWith(middle)) return undefined;
    const [, value, closing] = /^(\d{0,12})(.?)/s.exec(rest.slice(this.middle.length)) ?? [];
    if (closing === '' || middle !== this.middle) return 'incomplete';
    return closing === CLOSING && value !== undefined && value !== '' ? { kind, value } : undefined;
  }
}

/** How many characters at the end of the text may be the start of the wanted text. */
function begun(wanted: string, text: string): number {
  for (let length = Math.min(wanted.length - 1, text.length); length > 0; length--)
    if (wanted.startsWith(text.slice(-length))) return length;
  return 0;
}
