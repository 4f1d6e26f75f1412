import { diffArrays } from 'diff';
import type { NamedMask } from '../../../src/core/recording/masks.ts';
import type { Span } from '../../../src/core/screen/pieces.ts';
import { MOST_EDITS, type Alignment } from '../compare/align.ts';
import { tokensOf, type Token } from '../compare/tokens.ts';

/** The parts of a screen that differ from another one, by line (0-based). */
export type Marks = ReadonlyMap<number, readonly Span[]>;

/** The parts of two screens that differ: words of similar lines, or whole lines. */
export function changedParts(
  before: string,
  after: string,
  { parts, isUnrelated }: Alignment,
  masks: readonly NamedMask[],
): { before: Marks; after: Marks } {
  const [oldLines, nowLines] = [before.split('\n'), after.split('\n')];
  const marks = { before: new Map<number, Span[]>(), after: new Map<number, Span[]>() };
  const whole = (line: string): Span[] => (line === '' ? [] : [{ from: 0, to: line.length }]);
  for (const { isSame, before: removed, after: added } of parts)
    for (let index = 0; !isSame && index < Math.max(removed.length, added.length); index++) {
      const [from, to] = [removed[index]?.line, added[index]?.line];
      const [oldLine, nowLine] = [oldLines[from ?? -1] ?? '', nowLines[to ?? -1] ?? ''];
      const words =
        isUnrelated || from === undefined || to === undefined
          ? undefined
          : changedWords(oldLine, nowLine, masks);
      if (from !== undefined) marks.before.set(from, words?.old ?? whole(oldLine));
      if (to !== undefined) marks.after.set(to, words?.now ?? whole(nowLine));
    }
  return marks;
}

/**
 * Two lines with less than this share of their characters in common are other lines, not changed
 * ones.
 */
const ALIKE = 0.3;

/** The words, blanks and signs of a line. */
const PIECES = /\s+|[\p{L}\p{N}_]+|[^]/gu;

/**
 * The words that two lines do not share; undefined if they share too little, or differ in blanks
 * only.
 */
function changedWords(
  old: string,
  now: string,
  masks: readonly NamedMask[],
): { old: Span[]; now: Span[] } | undefined {
  const [a, b] = [tokensOf(old, masks, PIECES), tokensOf(now, masks, PIECES)];
  const spans = { old: [] as Span[], now: [] as Span[] };
  let [i, j, common] = [0, 0, 0];
  const found = diffArrays(a.map(keyOf), b.map(keyOf), { maxEditLength: MOST_EDITS });
  for (const { added, removed, count, value } of found ?? []) {
    if (removed) spans.old.push(...joined(a.slice(i, i + count)));
    else if (added) spans.now.push(...joined(b.slice(j, j + count)));
    else common += value.join('').trim().length;
    if (!added) i += count;
    if (!removed) j += count;
  }
  const most = Math.max(...[a, b].map((all) => all.map(keyOf).join('').length));
  if (common < ALIKE * most || spans.old.length + spans.now.length === 0) return undefined;
  return spans;
}

/** What is compared of a token: a masked part is the same whatever it holds. */
function keyOf({ text, label }: Token): string {
  return label ?? (/^\s{2,}$/.test(text) ? '  ' : text);
}

function joined(parts: readonly Token[]): Span[] {
  const [first, last] = [parts[0], parts.at(-1)];
  return first === undefined || last === undefined ? [] : [{ from: first.from, to: last.to }];
}
