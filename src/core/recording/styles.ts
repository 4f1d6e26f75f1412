import { comparable } from './compare.ts';
import { findMasked, type NamedMask } from './masks.ts';
import { lineText, type Screen, type ScreenLine } from './screen.ts';

/** Spans of characters whose style changed, by 0-based line of a screen; `to` is exclusive. */
export type StyleChanges = ReadonlyMap<number, readonly { from: number; to: number }[]>;

/**
 * The line in which Compose counts what it has done. It is colored if the screen was drawn once
 * more after the last one was done, so that chance decides
 * (https://github.com/docker/compose/blob/v2.40.3/pkg/progress/tty.go).
 */
const COUNT = /^\[\+\] \w+ \d+\/\d+$/;

/**
 * Finds characters whose color or style differs on two screens with the same text (`sameScreen`). A
 * masked part counts as one character, with the style of its first; blanks are ignored, since table
 * padding is not compared either, and so is the line in which Compose counts.
 * @param declared masks that the lesson declares
 */
export function changedStyles(
  before: Screen,
  after: Screen,
  declared: readonly NamedMask[] = [],
): { before: StyleChanges; after: StyleChanges } {
  const changes = { before: new Map<number, Span[]>(), after: new Map<number, Span[]>() };
  const now = comparable(text(after), declared);
  for (const [index, { line: oldLine }] of comparable(text(before), declared).entries()) {
    const nowLine = now[index]?.line ?? -1;
    const [a, b] = [
      styled(before.lines[oldLine], declared),
      styled(after.lines[nowLine], declared),
    ];
    // The lengths differ only for names truncated by BuildKit, whose last part, the duration, is
    // then at another position.
    const compared = a.length === b.length ? a.length : Math.min(a.length, b.length) - 1;
    for (let at = 0; at < compared; at++) {
      const [was, is] = [a[at], b[at]];
      if (was === undefined || is === undefined || was.style === is.style) continue;
      add(changes.before, oldLine, was);
      add(changes.after, nowLine, is);
    }
  }
  return changes;
}

interface Span {
  from: number;
  to: number;
}

interface Styled extends Span {
  /** A key that identifies the style. */
  readonly style: string;
}

/** The visible characters of a line, with a masked part as one. */
function styled(line: ScreenLine = [], declared: readonly NamedMask[]): Styled[] {
  if (COUNT.test(lineText(line).trimEnd())) return [];
  const masked = findMasked(lineText(line), declared);
  const found: Styled[] = [];
  let at = 0;
  for (const run of line) {
    const style = JSON.stringify(run.style);
    for (const character of run.text) {
      const [from, to] = [at, at + character.length];
      at = to;
      const mask = masked.find((part) => part.from <= from && to <= part.to);
      if (mask ? mask.from === from : character.trim() !== '')
        found.push({ from, to: mask?.to ?? to, style });
    }
  }
  return found;
}

/** Adds a character; adjacent characters form one span. */
function add(spans: Map<number, Span[]>, line: number, { from, to }: Span): void {
  const known = spans.get(line) ?? [];
  const last = known.at(-1);
  if (last?.to === from) last.to = to;
  else known.push({ from, to });
  spans.set(line, known);
}

function text({ lines }: Screen): string {
  return lines.map(lineText).join('\n');
}
