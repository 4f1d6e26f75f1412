import type { Lesson } from '../lesson/model.ts';
import { ADJECTIVES } from './container-names.ts';
import { ages, durations, loads, shares, sizes, type Measure } from './measures.ts';

/**
 * A mask: a named rule for text that legitimately differs between two runs of the same commands.
 * Masks serve to compare recordings (masked screens must be equal, or it is drift) and to show
 * readers which parts of the output will differ on their machine. Published output is never masked.
 *
 * To add one, add an entry below. Its examples are tests: the pattern must match exactly the part
 * between ⟦ and ⟧, and changing a character outside that part must be reported as drift.
 */
export interface Mask {
  /** Applied to single lines; the whole match is masked. */
  readonly pattern: RegExp;
  /** Shown to a reader, after "yours will differ: ". */
  readonly why: string;
  /** Lines with the masked part between ⟦ and ⟧. */
  readonly examples: readonly string[];
  /**
   * What it matches names something: where it was the same twice in a lesson, it must be the same
   * again (`identity.ts`).
   */
  readonly isIdentity?: true;
  /**
   * What it measures: a value beyond the tolerance is compared (`values.ts`). Undefined if the text
   * before and after the match says that the value can be any.
   */
  readonly measures?: Measure;
  /**
   * How a match is written, such as the length of an id; it is compared. Absent, or empty for the
   * usual way: nothing is.
   */
  readonly form?: (matched: string) => string;
}

/** The same for every date that is written in the same way; ls writes old ones without a time. */
function dateForm(date: string): string {
  if (/^[A-Z][a-z]{2} [ \d]\d /.test(date)) return 'of a file';
  return date
    .replace(/\.\d+/, '.9')
    .replace(/^([A-Z][a-z]{2}) [A-Z][a-z]{2} +\d+/, 'Mon Jan 9')
    .replace(/\d+/g, '9');
}

function digitsUnless(usual: number, digits: number): string {
  return digits === usual ? '' : `of ${digits} digits`;
}

/**
 * Powers of 1024 and blanks before the unit are told apart; the unit itself depends on the size.
 */
function sizeForm(size: string): string {
  const [, blank, unit = ''] = /^[\d.]+( ?)(.*)$/.exec(size) ?? [];
  return [unit.includes('i') ? 'binary' : '', blank === '' ? '' : 'spaced'].join(' ').trim();
}

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const CLOCK = String.raw`\d\d:\d\d:\d\d`;
const ZONE = '(?: [A-Z]{3,4})?';

export const masks = {
  date: {
    // Not years before Docker: those are no time at all, or the 0 of a clock. Nor the example in
    // the help of docker logs.
    pattern: new RegExp(
      [
        // Go and RFC 3339: 2026-11-20T08:15:00.123456789Z, 2026-11-20 08:15:00 +0000 UTC
        String.raw`\b(?!2013-01-02T13:23:37Z)2\d{3}-\d\d-\d\d[T ]${CLOCK}(?:\.\d+)?` +
          String.raw`(?: ?Z| ?[+-]\d\d:?\d\d${ZONE})?`,
        // ctime, date and docker version: Fri Nov 20 08:15:00 2026
        String.raw`\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${MONTH} [ \d]\d ${CLOCK}${ZONE}(?: 2\d{3}|(?! \d{4}))`,
        // ls -l: Nov 20 08:15, Nov 20  2025
        String.raw`\b${MONTH} [ \d]\d (?:\d\d:\d\d| \d{4})\b`,
      ].join('|'),
      'g',
    ),
    why: 'the time at which it happened',
    form: dateForm,
    examples: [
      '"Created": "⟦2026-11-20T08:15:00.123456789Z⟧",',
      'created ⟦2026-11-20 08:15:00 +0000 UTC⟧ by',
      ' Built: ⟦Fri Nov 20 08:15:00 2026⟧',
      '-rw-r--r-- 1 root root 7 ⟦Nov 20 08:15⟧ issue',
    ],
  },
  digest: {
    // BuildKit cuts off the end of a row that is wider than the terminal.
    pattern: /\bsha256:[0-9a-f]{4,64}\b/g,
    why: 'a digest: it names the exact bytes of an image or a layer',
    form: (digest) => digitsUnless(64, digest.length - 'sha256:'.length),
    examples: [
      'Digest: ⟦sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef⟧',
      'writing image ⟦sha256:0123abc⟧ done',
      '=> [1/3] FROM debian:latest@⟦sha256:0123a⟧',
    ],
    isIdentity: true,
  },
  id: {
    // 64 or 12 hexadecimal digits, at least one of them decimal so that words are not masked.
    pattern: /\b(?=[a-f]*\d)(?:[0-9a-f]{64}|[0-9a-f]{12})\b/g,
    why: 'an id that the Engine made up',
    form: ({ length }) => digitsUnless(12, length),
    examples: [
      'root@⟦3f2a9c0d1e4b⟧:/#',
      '⟦0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef⟧',
    ],
    isIdentity: true,
  },
  build: {
    // BuildKit's references: 25 characters of base 36, from github.com/moby/buildkit
    // identity.NewID.
    pattern: /\b(?=[a-z]*\d)[0-9a-z]{25}\b/g,
    why: 'a reference that BuildKit made up',
    examples: [
      'checksum of ref ⟦1tnlnqvmkvih6h2zflo5a1r0w⟧::⟦ythceska6gzcpit1uyf5766ii⟧: not found',
    ],
    isIdentity: true,
  },
  age: {
    // Not "42m" for 42 minutes, in the help of docker logs.
    pattern:
      /(?<!\bfor )\b(?:About an?|Less than an?|\d+) (?:second|minute|hour|day|week|month|year)s?\b/g,
    why: 'how long ago it was',
    measures: ages,
    examples: ['Up ⟦3 seconds⟧', 'Exited (0) ⟦About a minute⟧ ago', '⟦5 weeks⟧ ago'],
  },
  duration: {
    pattern: new RegExp(
      [
        // Not the default of an option, in a help text.
        String.raw`(?<![\w.]|\(default )(?:(?:\d+h)?\d+m)?\d+(?:\.\d+)?(?:s|ms|µs)\b`,
        // BuildKit's plain progress: seconds since the step began.
        String.raw`(?<=^#\d+ )\d+\.\d{1,3}(?= )`,
        // BuildKit's output of a failed step, on terminals as well: always four digits.
        String.raw`^(?:\d\.\d{3}|\d\d\.\d\d|\d{3}\.\d)(?= )`,
      ].join('|'),
      'g',
    ),
    why: 'how long it took',
    measures: durations,
    // bash names the minutes, even if there are none.
    form: (duration) => (/^\d+m\d+\.\d{3}s$/.test(duration) ? 'in minutes' : ''),
    examples: [
      'real ⟦0m0.412s⟧',
      '[+] Building ⟦12.3s⟧ (8/8) FINISHED',
      ' => exporting layers ⟦0.1s⟧',
      '#6 ⟦2.785⟧ Need to get it',
      '⟦0.233⟧ cat: /etc/nosuch: No such file or directory',
      '⟦12.34⟧ E: Unable to locate package',
    ],
  },
  mac: {
    // Not the addresses of the loopback and of everybody, nor the example in docker run's help.
    pattern: /\b(?!00(?::00){5}|ff(?::ff){5}|92:d0:c6:0a:29:33)(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi,
    why: 'a hardware address that the Engine made up',
    examples: ['link/ether ⟦02:42:ac:11:00:02⟧ brd', 'HWaddr ⟦96:6E:DC:6A:71:F4⟧'],
    isIdentity: true,
  },
  interface: {
    pattern: /\bveth[0-9a-f]{6,}\b|(?<=\beth\d)@if\d+/g,
    why: 'a network interface that the Engine made up',
    examples: ['master docker0: ⟦veth1a2b3c4⟧', '2: eth0⟦@if15⟧: <BROADCAST>'],
    isIdentity: true,
  },
  port: {
    // Ports that the kernel assigns: 32768 and above.
    pattern: new RegExp(
      [
        String.raw`(?<=(?:0\.0\.0\.0|\[::\]|127\.0\.0\.1):)`,
        String.raw`(?:3276[89]|327[7-9]\d|32[89]\d\d|3[3-9]\d{3}|[45]\d{4}|6[0-5]\d{3})`,
        '(?=->|$)',
      ].join(''),
      'g',
    ),
    why: 'a free port that the Engine picked',
    examples: ['0.0.0.0:⟦32771⟧->80/tcp', '127.0.0.1:⟦49153⟧'],
    isIdentity: true,
  },
  size: {
    // Not 0 bytes: lessons state that a layer or a remainder is empty.
    pattern: /(?<![\w.])(?!0 ?B\b)\d+(?:\.\d+)? ?(?:B|kB|KB|MB|GB|KiB|MiB|GiB)\b/g,
    why: 'a size: it changes with each release of an image',
    measures: sizes,
    form: sizeForm,
    examples: ['debian:latest ⟦117MB⟧', '4d2a1b: Downloading ⟦12.3MB⟧', '⟦1.5 kB⟧ used'],
  },
  percent: {
    pattern: /(?<![\w.])\d+\.\d+%/g,
    why: 'a share that was measured',
    measures: loads,
    examples: ['CPU ⟦0.07%⟧ of'],
  },
  share: {
    // Not 0% or 100%, which say nothing and everything.
    pattern: /(?<![\w.])(?!(?:0|100)%)\d+%/g,
    why: 'a share that changes with sizes',
    measures: shares,
    examples: ['Reclaimable (⟦17%⟧)'],
  },
  pid: {
    // Not 0, which is never a process, nor 1, which is the same in every run.
    pattern:
      /(?<=^\[\d+\] )\d+$|(?<="Pid": )(?![01]\b)\d+|(?<=^root +(?:\d+ +)?)(?![01] )\d+(?= )/g,
    why: 'a process id',
    examples: ['[1] ⟦4711⟧', '"Pid": ⟦4711⟧,', 'root  ⟦4711⟧  ⟦4690⟧  bash'],
    isIdentity: true,
  },
  name: {
    // Docker builds names from an adjective and a scientist; they are last in their row.
    pattern: new RegExp(String.raw`(?<=\s|^)(?:${ADJECTIVES.join('|')})_[a-z]{2,}\d?$`, 'g'),
    why: 'a name that the Engine made up',
    examples: ['debian    ⟦hopeful_hopper⟧', '⟦boring_wozniak⟧', '707 ⟦zealous_wu⟧'],
    isIdentity: true,
  },
} as const satisfies Readonly<Record<string, Mask>>;

export type MaskName = keyof typeof masks;

/** A mask ready for use: one of the above, or one that a lesson declares. */
export interface NamedMask {
  readonly name: string;
  /** Has the global flag, so that every match in a line is found. */
  readonly pattern: RegExp;
  readonly why: string;
  /** See `Mask`. */
  readonly isIdentity?: boolean;
  /** See `Mask`. */
  readonly measures?: Measure;
  /** See `Mask`. */
  readonly form?: Mask['form'];
}

/** A part of a line that a mask matched; `to` is exclusive. */
export interface Masked {
  readonly from: number;
  readonly to: number;
  readonly mask: NamedMask;
  /**
   * What stands for it where texts are compared: the mask's name, and its form if that is unusual.
   */
  readonly label: string;
}

const general: readonly NamedMask[] = Object.entries<Mask>(masks).map(([name, mask]) => ({
  name,
  pattern: mask.pattern,
  why: mask.why,
  isIdentity: mask.isIdentity === true,
  ...(mask.measures && { measures: mask.measures }),
  ...(mask.form && { form: mask.form }),
}));

/** The masks that a lesson declares, ready for use. */
export function lessonMasks({ masks: declared = [] }: Pick<Lesson, 'masks'>): NamedMask[] {
  return declared.map(({ name, pattern, why, identity = false }) => ({
    name,
    pattern: new RegExp(pattern, 'g'),
    why,
    isIdentity: identity,
  }));
}

/**
 * The parts of a line that masks match, in order and without overlaps. Of two overlapping parts,
 * the one that begins first is kept, then the longer one, then the one whose mask is listed first.
 * @param declared masks that the lesson declares, which are listed before the general ones
 */
export function findMasked(line: string, declared: readonly NamedMask[] = []): Masked[] {
  const found = [...declared, ...general].flatMap((mask) =>
    Array.from(line.matchAll(mask.pattern), (match) => ({
      from: match.index,
      to: match.index + match[0].length,
      mask,
      label: labelOf(mask, match[0]),
    })),
  );
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Masked[] = [];
  for (const part of found)
    if (part.to > part.from && part.from >= (kept.at(-1)?.to ?? 0)) kept.push(part);
  return kept;
}

function labelOf({ name, form }: NamedMask, matched: string): string {
  const how = form?.(matched) ?? '';
  return how === '' ? `<${name}>` : `<${name} ${how}>`;
}

/** The line with the label of each masked part in its place. */
export function maskLine(line: string, declared: readonly NamedMask[] = []): string {
  let masked = '';
  let at = 0;
  for (const { from, to, label } of findMasked(line, declared)) {
    masked += `${line.slice(at, from)}${label}`;
    at = to;
  }
  return masked + line.slice(at);
}
