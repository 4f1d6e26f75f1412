/**
 * The marks that shell integration and the look put into the session's output: `ESC ] 133 ; KIND ; NONCE ; VALUE BEL`
 * (after OSC 133 of https://gitlab.freedesktop.org/Per_Bothner/specifications, with a nonce that no output can know).
 */
export interface Mark {
  readonly kind: string;
  readonly value: string;
}

/** A piece of the session's output: text for the terminal, or a mark. */
export type Piece = { readonly text: string } | { readonly mark: Mark };

const OPENING = '\x1b]133;';
const CLOSING = '\x07';

/** Takes the session's marks out of its output, also where one arrives in parts. What only looks like a mark stays output. */
export class MarkReader {
  private pending = '';
  private readonly middle: string;

  constructor(nonce: string) {
    this.middle = `;${nonce};`;
  }

  read(output: string): Piece[] {
    const pieces: Piece[] = [];
    let rest = this.pending + output;
    let text = '';
    this.pending = '';
    while (rest !== '') {
      const at = rest.indexOf(OPENING);
      if (at < 0) {
        const cut = rest.length - openingAtEnd(rest);
        this.pending = rest.slice(cut);
        text += rest.slice(0, cut);
        break;
      }
      text += rest.slice(0, at);
      rest = rest.slice(at);
      const mark = this.readMark(rest);
      if (mark === 'incomplete') {
        this.pending = rest;
        break;
      }
      if (mark === undefined) {
        text += OPENING;
        rest = rest.slice(OPENING.length);
        continue;
      }
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({ mark });
      rest = rest.slice(rest.indexOf(CLOSING) + 1);
    }
    if (text !== '') pieces.push({ text });
    return pieces;
  }

  /** The mark that the text begins with, if it is one; `incomplete` if more text may make it one. */
  private readMark(text: string): Mark | 'incomplete' | undefined {
    const kind = text.charAt(OPENING.length);
    const rest = text.slice(OPENING.length + 1);
    const middle = rest.slice(0, this.middle.length);
    if (!this.middle.startsWith(middle)) return undefined;
    const [, value, closing] = /^(\d{0,12})(.?)/s.exec(rest.slice(this.middle.length)) ?? [];
    if (closing === '' || middle !== this.middle) return 'incomplete';
    return closing === CLOSING && value !== undefined ? { kind, value } : undefined;
  }
}

/** How many characters at the end of the text may be the beginning of a mark. */
function openingAtEnd(text: string): number {
  for (let length = Math.min(OPENING.length - 1, text.length); length > 0; length--)
    if (OPENING.startsWith(text.slice(-length))) return length;
  return 0;
}
