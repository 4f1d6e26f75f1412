import { maskFault } from '../../../src/core/lesson/regex.ts';
import { sameScreen } from '../../../src/core/recording/compare.ts';
import type { NamedMask } from '../../../src/core/recording/masks.ts';
import type { Alignment } from './align.ts';
import { tokensOf } from './tokens.ts';

/** Why two runs of a step show different text. */
export type TextNoise =
  /** The same lines in another order. */
  | { readonly kind: 'order' }
  /** Values that a mask of this pattern hides, so that both screens say the same. */
  | { readonly kind: 'value'; readonly pattern: string }
  /** Anything else. */
  | { readonly kind: 'other' };

/** Maximum number of differing lines for which a common pattern is searched. */
const MOST_PAIRS = 100;
/** Maximum number of alternatives: a longer pattern is a list rather than a mask. */
const MOST_PATTERNS = 4;

/**
 * What two screens of the same commands differ in.
 * @param alignment of the two
 * @param masks those that the lesson declares already
 */
export function textNoise(
  first: string,
  second: string,
  alignment: Alignment,
  masks: readonly NamedMask[],
): TextNoise {
  const sorted = (side: 'before' | 'after') =>
    alignment.parts.flatMap((part) => part[side].map(({ text }) => text)).sort();
  if (sorted('before').join('\n') === sorted('after').join('\n')) return { kind: 'order' };
  const [firstLines, secondLines] = [first.split('\n'), second.split('\n')];
  const pairs = differingLines(alignment);
  if (pairs === undefined) return { kind: 'other' };
  const found = new Set<string>();
  for (const [a, b] of pairs) {
    const patterns = patternsFor(firstLines[a] ?? '', secondLines[b] ?? '', masks);
    if (patterns === undefined) return { kind: 'other' };
    for (const pattern of patterns) found.add(pattern);
  }
  const pattern = [...found].join('|');
  if (found.size === 0 || found.size > MOST_PATTERNS || maskFault(pattern) !== undefined)
    return { kind: 'other' };
  const suggested = { name: 'suggested', pattern: new RegExp(pattern, 'g'), why: '' };
  return sameScreen(first, second, [...masks, suggested])
    ? { kind: 'value', pattern }
    : { kind: 'other' };
}

/** Which line stands where another one stood; undefined unless they can be paired. */
function differingLines({ parts }: Alignment): [number, number][] | undefined {
  const changed = parts.filter(({ isSame }) => !isSame);
  if (changed.some(({ before, after }) => before.length !== after.length)) return undefined;
  const pairs = changed.flatMap(({ before, after }) =>
    before.map(({ line }, index): [number, number] => [line, after[index]?.line ?? 0]),
  );
  return pairs.length > MOST_PAIRS ? undefined : pairs;
}

/** A word or a number, possibly with punctuation inside; blanks; any other character. */
const TOKEN = /\s+|[\p{L}\p{N}_]+(?:[.,:-][\p{L}\p{N}_]+)*|[^]/gu;

/**
 * A pattern for each value in which two lines differ; undefined if they differ in more than
 * values.
 */
function patternsFor(
  first: string,
  second: string,
  masks: readonly NamedMask[],
): string[] | undefined {
  const [one, other] = [tokensOf(first, masks, TOKEN), tokensOf(second, masks, TOKEN)];
  if (one.length !== other.length) return undefined;
  const patterns: string[] = [];
  for (const [index, { text, from, label }] of one.entries()) {
    const value = other[index];
    if (value === undefined || (label === undefined) !== (value.label === undefined))
      return undefined;
    if (label !== undefined || text === value.text) continue;
    if (/^\s+$/.test(text) || /^\s+$/.test(value.text)) {
      if (text.trim() + value.text.trim() !== '') return undefined;
      continue; // the padding of a column
    }
    const kind = kindOf(text, value.text);
    if (kind === undefined) return undefined;
    patterns.push(before(first.slice(0, from), second.slice(0, value.from)) + kind);
  }
  return patterns;
}

/** A pattern for values of the kind that both are. */
function kindOf(first: string, second: string): string | undefined {
  const kinds: [RegExp, string][] = [
    [/^\d+$/, String.raw`\d+`],
    [/^\d[\d.,:-]*$/, String.raw`\d[\d.,:-]*`],
    [/^[0-9a-f]+$/, '[0-9a-f]+'],
    [/^[\w.,:-]+$/, String.raw`[\w.,:-]+`],
  ];
  return kinds.find(([kind]) => kind.test(first) && kind.test(second))?.[1];
}

/**
 * What tells the place of a value: the word before it, if that is the same in both lines, or the
 * beginning of the line.
 */
function before(first: string, second: string): string {
  if (first === '' && second === '') return '^';
  const word = /\S*\s*$/.exec(first)?.[0] ?? '';
  if (word === '' || word !== /\S*\s*$/.exec(second)?.[0]) return String.raw`\b`;
  return `(?<=${escaped(word)})`;
}

/**
 * The text as a part of a pattern that a person can read: only what has a meaning there is
 * escaped.
 */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
