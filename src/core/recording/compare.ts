import { maskLine, type NamedMask } from './masks.ts';

/** A line in the form in which it is compared, and its position on the screen. */
export interface ComparableLine {
  readonly text: string;
  /** 0-based line of the screen. */
  readonly line: number;
}

/**
 * The lines of a screen in the form in which they are compared: masked, with the padding of table
 * rows collapsed (masked values of different widths shift the columns after them) and with rows of
 * parallel work in a fixed order.
 * @param declared masks that the lesson declares
 */
export function comparable(
  screenText: string,
  declared: readonly NamedMask[] = [],
): readonly ComparableLine[] {
  const lines = screenText.split('\n');
  const masked = lines.map((line) => maskLine(cutAlike(line), declared));
  const compared = withoutPadding(lines, masked).map((text, line) => ({ text, line }));
  while (compared.at(-1)?.text === '') compared.pop();
  return inFixedOrder(compared);
}

/** Whether two screens are the same apart from what masks hide. */
export function sameScreen(a: string, b: string, declared: readonly NamedMask[] = []): boolean {
  const [one, other] = [comparable(a, declared), comparable(b, declared)];
  return one.length === other.length && one.every(({ text }, index) => text === other[index]?.text);
}

/**
 * A name that BuildKit truncated at the edge of the terminal, and the duration of its step:
 * github.com/moby/buildkit util/progress/progressui.
 */
const CUT_NAME = /^( => .*\S) {2}(\d+\.\ds)$/;
/** Length of the longest expected duration, `9999.9s`. */
const LONGEST = 7;

/**
 * Truncates a name as if its step had the longest duration, since longer durations leave less of
 * it.
 */
export function cutAlike(line: string): string {
  const [, name, duration] = CUT_NAME.exec(line) ?? [];
  if (name === undefined || duration === undefined) return line;
  return `${name.slice(0, line.length - 2 - LONGEST)}  ${duration}`;
}

/** A table row: columns separated by at least two blanks. */
const TABLE_ROW = /\S {2,}\S/;

/**
 * Collapses the padding of tables in which a mask matched, headers included, because their columns
 * shift. Blanks elsewhere are real output and are kept.
 */
function withoutPadding(lines: readonly string[], masked: readonly string[]): string[] {
  const result: string[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start + 1;
    const isRow = TABLE_ROW.test(lines[start] ?? '');
    while (isRow && end < lines.length && TABLE_ROW.test(lines[end] ?? '')) end++;
    const block = masked.slice(start, end);
    const shifted = block.some((line, index) => line !== lines[start + index]);
    result.push(...block.map((line) => (shifted ? collapse(line) : line).trimEnd()));
    start = end;
  }
  return result;
}

function collapse(line: string): string {
  return line.replace(/ {2,}/g, '  ').replace(/─{2,}/g, '──');
}

/** Rows that a command prints for parallel work, in random order. */
const parallelRows: readonly RegExp[] = [
  /^ => /, // BuildKit's steps on a terminal
  /^#\d+ /, // BuildKit's steps without one
  /^(?:[0-9a-f]{12}|<id>): /, // layers of a pull or push
  /^ [✔✘⠿⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] /, // Compose
];

/** Whether a compared line is one of those that parallel work prints in random order. */
export function isParallel({ text }: ComparableLine): boolean {
  return parallelRows.some((row) => row.test(text));
}

function inFixedOrder(lines: readonly ComparableLine[]): ComparableLine[] {
  const ordered: ComparableLine[] = [];
  let group: ComparableLine[] = [];
  let kind: RegExp | undefined;
  const flush = () => {
    ordered.push(...group.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)));
    group = [];
  };
  for (const line of lines) {
    const next = parallelRows.find((row) => row.test(line.text));
    if (next !== kind) flush();
    kind = next;
    group.push(line);
    if (next === undefined) flush();
  }
  flush();
  return ordered;
}
