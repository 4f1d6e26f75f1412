import { comparable } from '../recording/compare.ts';
import { findMasked, type NamedMask } from '../recording/masks.ts';
import type { Allowed } from './answer.ts';
import { plainLine } from './clean.ts';

/** What depends on a reader's machine, but not on a run in the lab. */
const OF_READERS: readonly NamedMask[] = [
  {
    // Driver and name, as in github.com/docker/buildx commands/build.go.
    name: 'builder',
    pattern: /(?<=^\[\+\] Building .* )[a-z-]+:\S+$/g,
    why: 'the name of your builder',
  },
];

/** A line of an output, with the form in which it is compared. */
export interface KeyedLine {
  readonly text: string;
  readonly key: string;
  /** Whether the line before it on the screen was empty. */
  readonly afterGap: boolean;
}

/**
 * The lines of an output in the order and form in which recordings are compared (`comparable`).
 * Moreover, since readers have terminals of other widths: without empty lines, with single blanks,
 * and with only the last state of each layer of a pull.
 * @param declared masks that the lesson declares
 */
export function keyedLines(
  output: readonly string[],
  declared: readonly NamedMask[],
): readonly KeyedLine[] {
  const { outputs } = memoOf(declared);
  const whole = output.join('\n');
  const known = outputs.get(whole);
  if (known !== undefined) return known;
  const lines = pulled(output.map(plainLine)).map((line) => line.replace(/^\s*=> /, ' => '));
  const keyed = comparable(lines.join('\n'), [...declared, ...OF_READERS]).flatMap(
    ({ text, line }) =>
      text.trim() === ''
        ? []
        : { text: lines[line] ?? '', key: keyOf(text), afterGap: (lines[line - 1] ?? '') === '' },
  );
  outputs.set(whole, keyed);
  return keyed;
}

/** What has been computed with some masks: the same lines are compared with many outputs. */
interface Memo {
  readonly outputs: Map<string, readonly KeyedLine[]>;
  readonly joined: Map<string, string>;
}

const memos = new WeakMap<readonly NamedMask[], Memo>();

/** More entries than this are forgotten at once. */
const MOST_KEPT = 2000;

function memoOf(declared: readonly NamedMask[]): Memo {
  const known = memos.get(declared);
  if (known !== undefined && known.outputs.size + known.joined.size < MOST_KEPT) return known;
  const memo = { outputs: new Map(), joined: new Map() };
  memos.set(declared, memo);
  return memo;
}

/** The form in which one line is compared that was several lines on a screen. */
export function keyOfJoined(text: string, declared: readonly NamedMask[]): string {
  const { joined } = memoOf(declared);
  const key =
    joined.get(text) ?? keyOf(comparable(text, [...declared, ...OF_READERS])[0]?.text ?? '');
  joined.set(text, key);
  return key;
}

function keyOf(text: string): string {
  const key = text.trim().replace(/\s+/g, ' ').replace(PULLED, '$1pulled$2');
  // How much of a name is left on a line of BuildKit depends on the width of the terminal.
  return isBuildRow(key) ? key.replace(/<digest of \d+ digits>/g, '<digest>') : key;
}

/** The states of a layer: github.com/moby/moby daemon/internal/distribution/xfer/download.go. */
const LAYER =
  /^([0-9a-f]{12}): (?:Pulling fs layer|Waiting|Downloading|Verifying Checksum|Download complete|Extracting|Pull complete|Already exists)/;

/** Keeps only the last state of each layer, since a terminal shows only that one. */
function pulled(lines: readonly string[]): string[] {
  const last = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const id = LAYER.exec(line)?.[1];
    if (id !== undefined) last.set(id, index);
  }
  return lines
    .filter((line, index) => (last.get(LAYER.exec(line)?.[1] ?? '') ?? index) === index)
    .map((line) => line.replace(/^([0-9a-f]{12}): Already exists$/, '$1: Pull complete'));
}

/** The last line of a pull, whether the image was there before or not. */
const PULLED = /^(Status: )(?:Downloaded newer image|Image is up to date)( for .*)$/;

/** What `docker run` prints about an image that this machine does not have yet. */
const PULL =
  /^Unable to find image '.*' locally$|^\S+: Pulling from \S+$|^[0-9a-f]{12}: |^Digest: sha256:/;

/** Whether a line is there only if the image, or a layer of it, was not there before. */
export function tellsOfPull({ text }: KeyedLine): boolean {
  return PULL.test(text) || PULLED.test(text);
}

/** Whether a line is about a layer. How many there are changes with each release of an image. */
export function tellsOfLayer({ text }: KeyedLine): boolean {
  return LAYER.test(text);
}

/** Whether a line, in the form in which it is compared, is a row of BuildKit's progress. */
export function isBuildRow(key: string): boolean {
  return key.startsWith('=> ');
}

/** Whether two lines are the same row of BuildKit's progress, cut off at different widths. */
export function isCutAlike(one: string, other: string): boolean {
  if (!isBuildRow(one) || !isBuildRow(other)) return false;
  const [a, b] = [one, other].map((key) => /^(=> .*?) ?<duration>$/.exec(key)?.[1]);
  if (a === undefined || b === undefined || Math.min(a.length, b.length) < 30) return false;
  return a.startsWith(b) || b.startsWith(a);
}

/** Share of the words that two lines have in common, from 0 to 1. */
export function likeness(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => text.match(/[\p{L}\p{N}_]+/gu) ?? []);
  if (a === undefined || b === undefined || a.length + b.length === 0) return 0;
  const left = [...b];
  const common = a.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * common.length) / (a.length + b.length);
}

/** The masked parts in which two lines differ that are the same for a comparison. */
export function allowedIn(
  expected: string,
  found: string,
  declared: readonly NamedMask[],
): Allowed[] {
  const [was, is] = [expected, found].map((text) =>
    findMasked(text, [...declared, ...OF_READERS]).map(({ from, to, mask }) => ({
      text: text.slice(from, to),
      why: mask.why,
    })),
  );
  const differing = (was ?? []).flatMap(({ text, why }, index) => {
    const other = is?.[index]?.text ?? text;
    return other === text ? [] : { why, expected: text, found: other };
  });
  return PULLED.test(expected) && expected !== found
    ? [...differing, { expected, found }]
    : differing;
}
