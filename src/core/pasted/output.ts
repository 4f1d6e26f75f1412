import type { NamedMask } from '../recording/masks.ts';
import type { Allowed, Difference } from './answer.ts';
import {
  allowedIn,
  isBuildRow,
  isCutAlike,
  keyedLines,
  keyOfJoined,
  likeness,
  tellsOfLayer,
  tellsOfPull,
  type KeyedLine,
} from './lines.ts';

/** Pasted lines that may be the output of a command. */
export interface PastedOutput {
  readonly lines: readonly string[];
  /** Whether the command was pasted as well, so that its output begins with the first line. */
  readonly isOpened: boolean;
  /** Whether the next prompt was pasted as well, so that the output ends with the last line. */
  readonly isClosed: boolean;
}

/** How pasted lines compare with the output of a command. */
export interface Comparison {
  /** How many lines of the output are in both; of the first one that differs, how much of it. */
  readonly likeness: number;
  readonly allowed: readonly Allowed[];
  /** Absent if what was pasted is the same. */
  readonly difference?: Difference;
  /** Whether lines at the beginning or the end were not pasted. */
  readonly isPart: boolean;
}

/** Lines of this likeness are the same line with a difference in it. */
const ALIKE = 0.5;

/**
 * Compares pasted lines with what a command prints. Lines that are the same, apart from what masks
 * hide, are found first; then what stands between them is judged. What was pasted may be a part.
 * @param declared masks that the lesson declares
 */
export function compareOutput(
  output: readonly string[],
  pasted: PastedOutput,
  declared: readonly NamedMask[],
): Comparison {
  const expected = keyedLines(output, declared);
  const found = [...keyedLines(pasted.lines, declared)];
  const allowed: Allowed[] = [];
  let matched = 0;
  const match = ([one, other]: Texts, count = 1) => {
    matched += count;
    allowed.push(...allowedIn(one, other, declared));
  };
  const pairs = anchored(samePairs(expected, found), expected, found, declared);
  const gaps = gapsBetween(pairs, expected, found);
  let difference: Difference | undefined;
  let isPart = false;
  for (const [index, gap] of gaps.entries()) {
    const place = placeOf(index, gaps.length);
    const rest = withoutRewrapped(gap, place, declared, match);
    const judged = judgeGap(rest, place, pasted, allowed);
    difference ??= judged.difference;
    isPart ||= judged.isPart;
    const pair = pairs[index];
    const [one, other] = pair ? [expected[pair[0]], found[pair[1]]] : [];
    if (one && other) match([one.text, other.text]);
  }
  const { expected: one = '', found: other = '' } = difference ?? {};
  return {
    likeness: matched + likeness(one, other),
    allowed,
    ...(difference && { difference }),
    isPart,
  };
}

type Pair = readonly [expected: number, found: number];

/** The longest common subsequence of two lists of lines. */
function samePairs(expected: readonly KeyedLine[], found: readonly KeyedLine[]): Pair[] {
  const isSame = (e: number, f: number) => {
    const [one = '', other = ''] = [expected[e]?.key, found[f]?.key];
    return one === other || isCutAlike(one, other);
  };
  const width = found.length + 1;
  const lengths = new Uint16Array((expected.length + 1) * width);
  for (let e = expected.length - 1; e >= 0; e--)
    for (let f = found.length - 1; f >= 0; f--)
      lengths[e * width + f] = isSame(e, f)
        ? (lengths[(e + 1) * width + f + 1] ?? 0) + 1
        : Math.max(lengths[(e + 1) * width + f] ?? 0, lengths[e * width + f + 1] ?? 0);
  const pairs: Pair[] = [];
  for (let e = 0, f = 0; e < expected.length && f < found.length;)
    if (isSame(e, f)) pairs.push([e++, f++]);
    else if ((lengths[(e + 1) * width + f] ?? 0) >= (lengths[e * width + f + 1] ?? 0)) e++;
    else f++;
  return pairs;
}

/** Most lines into which a terminal breaks one. */
const MOST_WRAPPED = 8;

/**
 * If no line is the same as it is, the first place where several lines together are: an output of a
 * single line, broken by a narrow terminal.
 */
function anchored(
  pairs: readonly Pair[],
  expected: readonly KeyedLine[],
  found: KeyedLine[],
  declared: readonly NamedMask[],
): readonly Pair[] {
  if (pairs.length > 0) return pairs;
  for (const [f, begin] of found.entries())
    for (const [e, line] of expected.entries()) {
      if (!beginAlike(line, begin)) continue;
      for (let count = 2; count <= MOST_WRAPPED && f + count <= found.length; count++) {
        const texts = rewrapped([line], found.slice(f, f + count), declared);
        if (texts === undefined) continue;
        found.splice(f, count, { ...line, text: texts[1] });
        return [[e, f]];
      }
    }
  return pairs;
}

/** Lines between two that are the same, or before the first or after the last one. */
interface Gap {
  readonly expected: readonly KeyedLine[];
  readonly found: readonly KeyedLine[];
}

type Place = 'top' | 'middle' | 'bottom' | 'all';

function placeOf(index: number, count: number): Place {
  if (count === 1) return 'all';
  return index === 0 ? 'top' : index === count - 1 ? 'bottom' : 'middle';
}

function gapsBetween(
  pairs: readonly Pair[],
  expected: readonly KeyedLine[],
  found: readonly KeyedLine[],
): Gap[] {
  const ends: readonly Pair[] = [...pairs, [expected.length, found.length]];
  return ends.map(([e, f], index) => {
    const [from, start] = pairs[index - 1] ?? [-1, -1];
    return { expected: expected.slice(from + 1, e), found: found.slice(start + 1, f) };
  });
}

/**
 * A gap without the lines that are the same once they are joined: terminals of different widths
 * break long lines, and programs their help texts, at different places.
 */
function withoutRewrapped(
  gap: Gap,
  place: Place,
  declared: readonly NamedMask[],
  match: (texts: Texts, count: number) => void,
): Gap {
  let { expected, found } = gap;
  const counts = Array.from({ length: MOST_WRAPPED }, (_, index) => index + 1);
  const sizes = counts.flatMap((e) => counts.map((f) => [e, f] as const)).slice(1);
  const cut = (lines: readonly KeyedLine[], count: number) =>
    place === 'top'
      ? [lines.slice(-count), lines.slice(0, -count)]
      : [lines.slice(0, count), lines.slice(count)];
  for (;;) {
    const same = sizes
      .filter(([e, f]) => e <= expected.length && f <= found.length)
      .map(([e, f]) => ({ e: cut(expected, e), f: cut(found, f) }))
      .flatMap(({ e: [one = [], others = []], f: [two = [], more = []] }) => {
        const texts = rewrapped(one, two, declared);
        return texts ? [{ texts, count: one.length, rest: { expected: others, found: more } }] : [];
      })[0];
    if (same === undefined) return { expected, found };
    match(same.texts, same.count);
    ({ expected, found } = same.rest);
  }
}

/** Some lines of an output as one text, and the pasted lines that are the same. */
type Texts = readonly [expected: string, found: string];

/**
 * The texts of some lines if they are the same in one line, with or without blanks between them.
 */
function rewrapped(
  expected: readonly KeyedLine[],
  found: readonly KeyedLine[],
  declared: readonly NamedMask[],
): Texts | undefined {
  if (!beginAlike(expected[0], found[0])) return undefined;
  for (const one of joined(expected))
    for (const other of joined(found))
      if (tight(one, declared) === tight(other, declared)) return [one, other];
  return undefined;
}

/** Length of a beginning that tells lines apart, in characters. */
const BEGINNING = 6;

function labelOf({ key }: KeyedLine): string {
  return key.slice(0, key.indexOf('>'));
}

/** Whether two lines can be the beginning of the same; looking costs less than masking them. */
function beginAlike(one?: KeyedLine, other?: KeyedLine): boolean {
  if (one === undefined || other === undefined) return false;

  if (one.key.startsWith('<')) return labelOf(one) === labelOf(other);
  const [a, b] = [one, other].map(({ text }) => text.trim().slice(0, BEGINNING));
  return a !== undefined && b !== undefined && (a.startsWith(b) || b.startsWith(a));
}

function joined(lines: readonly KeyedLine[]): string[] {
  const texts = lines.map(({ text }) => text);
  return texts.length === 1 ? texts : [texts.join(''), texts.join(' ')];
}

function tight(text: string, declared: readonly NamedMask[]): string {
  return keyOfJoined(text, declared).replaceAll(' ', '');
}

/** What the lines of a gap mean: a difference, or that less than the whole output was pasted. */
function judgeGap(
  { expected, found }: Gap,
  place: Place,
  { isOpened, isClosed }: PastedOutput,
  allowed: Allowed[],
): { readonly difference?: Difference; readonly isPart: boolean } {
  // A pull may be missing as a whole. If there are two of them, they are compared.
  const pulls = [expected, found].map((lines) =>
    lines.some((line) => tellsOfPull(line) && !tellsOfLayer(line)),
  );
  const isNone = pulls.every(Boolean) ? tellsOfLayer : tellsOfPull;
  const [wanted, more] = [expected, found].map((lines) => lines.filter((line) => !isNone(line)));
  const [first, extra] = [wanted?.[0], more?.[0]];
  const atTop = place === 'top' || place === 'all';
  const atBottom = place === 'bottom' || place === 'all';
  const isFixed = (!atTop || isOpened) && (!atBottom || isClosed);
  // Only what the pull of an image prints is missing, or has been added.
  if (first === undefined && extra === undefined) {
    const [pull, other] = [expected[0], found[0]];
    if ((pull || other) && (isFixed || other || isOpened))
      allowed.push({ expected: pull?.text ?? '', found: other?.text ?? '' });
    return { isPart: false };
  }
  const differ = (one?: KeyedLine, other?: KeyedLine) => ({
    difference: {
      ...(one && { expected: one.text }),
      ...(other && { found: other.text }),
    },
    isPart: false,
  });
  if (first !== undefined && extra !== undefined) {
    // An output goes on without an empty line, or ends with the next prompt.
    const goesOn = place === 'bottom' && (isOpened || !extra.afterGap);
    if (place === 'middle' || (atTop && isOpened) || goesOn) return differ(first, extra);
    const alike = likest(wanted ?? [], more ?? []);
    return alike ? differ(...alike) : { isPart: place !== 'all' };
  }
  if (first !== undefined) {
    // Rows of parallel work are in another order here than on the screen: these may follow.
    const mayFollow = !isClosed && wanted?.every(({ key }) => isBuildRow(key));
    return isFixed && !mayFollow ? differ(first) : { isPart: true };
  }
  // Text above, and text after an empty line, need not belong to the output.
  const belongs =
    place === 'middle' ||
    isFixed ||
    (atBottom && extra?.afterGap === false && isOpened) ||
    (place === 'bottom' && extra?.afterGap === false && isRow(extra));
  return belongs ? differ(undefined, extra) : { isPart: false };
}

/** Lines beyond this are not looked at to find one that is alike. */
const MOST_LIKENED = 40;

/** The first pasted line that is like a line of the output. */
function likest(
  expected: readonly KeyedLine[],
  found: readonly KeyedLine[],
): [KeyedLine, KeyedLine] | undefined {
  for (const line of found.slice(0, MOST_LIKENED)) {
    const [best] = expected
      .slice(0, MOST_LIKENED)
      .map((other) => ({ other, like: likeness(other.key, line.key) }))
      .sort((a, b) => b.like - a.like);
    if (best && best.like >= ALIKE) return [best.other, line];
  }
  return undefined;
}

/** Whether a line has columns, as no sentence has. */
function isRow({ text }: KeyedLine): boolean {
  return /\S {2,}\S/.test(text);
}
