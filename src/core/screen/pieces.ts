import { findMasked, type NamedMask } from '../recording/masks.ts';
import type { Run, ScreenLine } from '../recording/screen.ts';
import { classesOf } from './style.ts';

/** A stretch of text with uniform style. */
export interface Piece {
  readonly text: string;
  readonly classes: readonly string[];
  /** Why this text will differ for readers. */
  readonly differs?: string;
  /** Set if the text differs from another recording. */
  readonly changed?: true;
}

export type Line = readonly Piece[];

/** A part of a line; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Splits a line's runs into pieces, also where a mask or a change begins or ends.
 * @param declared masks that the lesson declares
 * @param changed parts that differ from another recording, in order, without overlaps
 */
export function lineOf(
  line: ScreenLine,
  declared: readonly NamedMask[],
  changed: readonly Span[] = [],
): Line {
  const text = line.map((run) => run.text).join('');
  const masked = findMasked(text, declared);
  const cuts = [...masked, ...changed].flatMap(({ from, to }) => [from, to]);
  const places = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
  return places.slice(1).flatMap((to, index) => {
    const from = places[index] ?? 0;
    const inside = (span: Span) => span.from <= from && to <= span.to;
    const differs = masked.find(inside)?.mask.why;
    return cutRuns(line, from, to).map(({ text: part, style }) => ({
      text: part,
      classes: classesOf(style),
      ...(differs !== undefined && { differs }),
      ...(changed.some(inside) && { changed: true as const }),
    }));
  });
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
