import { diffArrays, structuredPatch } from 'diff';
import { comparable } from '../../../src/core/recording/compare.ts';
import { findMasked, type NamedMask } from '../../../src/core/recording/masks.ts';
import type { Span } from '../../../src/core/screen/pieces.ts';

/** Lines of context around a difference. */
const CONTEXT = 2;
/** So many lines, or words of a line, are looked for that one has and the other has not: the time that it takes grows with the square. */
const MOST_EDITS = 3000;

/** The masked difference of two screens, as the lines of a unified diff: each begins with `-`, `+` or a blank. */
export function maskedDifference(
  before: string,
  after: string,
  own: readonly NamedMask[],
): string[] {
  const text = (screen: string) =>
    comparable(screen, own)
      .map((line) => `${line.text}\n`)
      .join('');
  const [old, now] = [text(before), text(after)];
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const patch = structuredPatch('', '', old, now, undefined, undefined, options);
  if (patch === undefined) return [...wholly('-', old), ...wholly('+', now)];
  return patch.hunks.flatMap(({ lines }, index) => [...(index > 0 ? ['  …'] : []), ...lines]);
}

/** All lines of a screen that has next to nothing in common with the other; of many the first and the last. */
function wholly(sign: '-' | '+', screen: string): string[] {
  const lines = screen
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => sign + line);
  const left = lines.length - 2 * WHOLLY;
  return left <= 0
    ? lines
    : [...lines.slice(0, WHOLLY), `  … ${left} lines`, ...lines.slice(-WHOLLY)];
}

/** Lines at either end of such a screen. */
const WHOLLY = 20;

/** What of a screen is not as in another one: by line (0-based), the parts of it. */
export type Marks = ReadonlyMap<number, readonly Span[]>;

/** The changed parts of both screens. What masks hide does not count, nor does the order of parallel rows. */
export function changedParts(
  before: string,
  after: string,
  own: readonly NamedMask[],
): { before: Marks; after: Marks } {
  const [old, now] = [comparable(before, own), comparable(after, own)];
  const [oldLines, nowLines] = [before.split('\n'), after.split('\n')];
  const marks = { before: new Map<number, Span[]>(), after: new Map<number, Span[]>() };
  let [i, j] = [0, 0];
  let gone: number[] = [];
  const whole = (line: string): Span[] => (line === '' ? [] : [{ from: 0, to: line.length }]);
  const mark = (removed: readonly number[], added: readonly number[]) => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      const [from, to] = [removed[index], added[index]];
      const [oldLine, nowLine] = [oldLines[from ?? -1] ?? '', nowLines[to ?? -1] ?? ''];
      const parts =
        from !== undefined && to !== undefined ? changedWords(oldLine, nowLine, own) : undefined;
      if (from !== undefined) marks.before.set(from, parts?.old ?? whole(oldLine));
      if (to !== undefined) marks.after.set(to, parts?.now ?? whole(nowLine));
    }
  };
  const found = diffArrays(
    old.map(({ text }) => text),
    now.map(({ text }) => text),
    { maxEditLength: MOST_EDITS },
  );
  if (found === undefined) {
    old.forEach(({ line }) => marks.before.set(line, whole(oldLines[line] ?? '')));
    now.forEach(({ line }) => marks.after.set(line, whole(nowLines[line] ?? '')));
    return marks;
  }
  for (const change of found) {
    if (change.removed) {
      gone = old.slice(i, i + change.count).map(({ line }) => line);
      i += change.count;
      continue;
    }
    const added = change.added ? now.slice(j, j + change.count).map(({ line }) => line) : [];
    mark(gone, added);
    gone = [];
    j += change.count;
    if (!change.added) i += change.count;
  }
  mark(gone, []);
  return marks;
}

/** Two lines that have less than this share of their characters in common are other lines, not changed ones. */
const ALIKE = 0.3;

interface Token extends Span {
  readonly key: string;
}

/** The words that two lines do not share; undefined if they share too little, or differ in blanks only. */
function changedWords(
  old: string,
  now: string,
  own: readonly NamedMask[],
): { old: Span[]; now: Span[] } | undefined {
  const [a, b] = [tokens(old, own), tokens(now, own)];
  const spans = { old: [] as Span[], now: [] as Span[] };
  let [i, j, common] = [0, 0, 0];
  const found = diffArrays(
    a.map(({ key }) => key),
    b.map(({ key }) => key),
    { maxEditLength: MOST_EDITS },
  );
  for (const { added, removed, count, value } of found ?? []) {
    if (removed) spans.old.push(...joined(a.slice(i, i + count)));
    else if (added) spans.now.push(...joined(b.slice(j, j + count)));
    else common += value.join('').trim().length;
    if (!added) i += count;
    if (!removed) j += count;
  }
  const most = Math.max(...[a, b].map((all) => all.map(({ key }) => key).join('').length));
  if (common < ALIKE * most || spans.old.length + spans.now.length === 0) return undefined;
  return spans;
}

/** The words, blanks and signs of a line. A masked part is one token: the same whatever it holds. */
function tokens(line: string, own: readonly NamedMask[]): Token[] {
  const found: Token[] = [];
  const plain = (from: number, to: number) => {
    for (const { 0: text, index } of line.slice(from, to).matchAll(/\s+|[\p{L}\p{N}_]+|[^]/gu)) {
      const key = /^\s{2,}$/.test(text) ? '  ' : text;
      found.push({ key, from: from + index, to: from + index + text.length });
    }
  };
  let at = 0;
  for (const { from, to, mask } of findMasked(line, own)) {
    plain(at, from);
    found.push({ key: `<${mask.name}>`, from, to });
    at = to;
  }
  plain(at, line.length);
  return found;
}

function joined(parts: readonly Token[]): Span[] {
  const [first, last] = [parts[0], parts.at(-1)];
  return first === undefined || last === undefined ? [] : [{ from: first.from, to: last.to }];
}
