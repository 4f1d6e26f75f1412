import { findMasked, type NamedMask } from '../recording/masks.ts';
import type { Run, ScreenLine } from '../recording/screen.ts';
import { classesOf } from './style.ts';

/** A stretch of text with uniform style. */
export interface Piece {
  readonly text: string;
  readonly classes: readonly string[];
  /** Why this text will differ for readers. */
  readonly differs?: string;
  /** The quotes in the prose that stand for this text, separated by blanks. */
  readonly quotes?: string;
  /** Set if the text differs from another recording. */
  readonly changed?: true;
}

export type Line = readonly Piece[];

/** A part of a line; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A part of a line that a quote in the prose stands for. */
export interface Quoted extends Span {
  readonly quote: string;
}

/**
 * Splits a line's runs into pieces, also where a mask or a change begins or ends.
 * @param declared masks that the lesson declares
 * @param changed parts that differ from another recording, in order, without overlaps
 * @param quoted parts that the prose quotes
 */
export function lineOf(
  line: ScreenLine,
  declared: readonly NamedMask[],
  changed: readonly Span[] = [],
  quoted: readonly Quoted[] = [],
): Line {
  const text = line.map((run) => run.text).join('');
  const masked = findMasked(text, declared);
  const cuts = [...masked, ...changed, ...quoted].flatMap(({ from, to }) => [from, to]);
  const places = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])];
  places.sort((a, b) => a - b);
  return places.slice(1).flatMap((to, index) => {
    const from = places[index] ?? 0;
    const inside = (span: Span) => span.from <= from && to <= span.to;
    const differs = masked.find(inside)?.mask.why;
    const quotes = quotesAt(quoted, { from, to });
    return cutRuns(line, from, to).map(({ text: part, style }) => ({
      text: part,
      classes: classesOf(style),
      ...(differs !== undefined && { differs }),
      ...(quotes !== '' && { quotes }),
      ...(changed.some(inside) && { changed: true as const }),
    }));
  });
}

/** The quotes that stand for a part of a line; empty if there are none. */
export function quotesAt(quoted: readonly Quoted[], { from, to }: Span): string {
  return quoted.flatMap((one) => (one.from <= from && to <= one.to ? one.quote : [])).join(' ');
}

/** The part of a line's runs between two character positions. */
export function cutRuns(line: ScreenLine, from: number, to: number): Run[] {
  let at = 0;
  return line.flatMap(({ text, style }) => {
    const part = text.slice(Math.max(from - at, 0), Math.max(to - at, 0));
    at += text.length;
    return part === '' ? [] : [{ text: part, style }];
  });
}
