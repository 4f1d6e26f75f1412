import { findMasked, type NamedMask } from '../../../src/core/recording/masks.ts';
import type { Span } from '../../../src/core/screen/pieces.ts';

/** A part of a line: what a mask matched, or a piece of the text around it. */
export interface Token extends Span {
  readonly text: string;
  /** What stands for a masked part where texts are compared. */
  readonly label?: string;
}

/**
 * Splits a line into its masked parts and pieces of the other text.
 * @param pieces matches every character of a text, with the flag `g`
 */
export function tokensOf(line: string, masks: readonly NamedMask[], pieces: RegExp): Token[] {
  const found: Token[] = [];
  const split = (from: number, to: number) => {
    for (const { 0: text, index } of line.slice(from, to).matchAll(pieces))
      found.push({ text, from: from + index, to: from + index + text.length });
  };
  let at = 0;
  for (const { from, to, label } of findMasked(line, masks)) {
    split(at, from);
    found.push({ text: line.slice(from, to), from, to, label });
    at = to;
  }
  split(at, line.length);
  return found;
}
