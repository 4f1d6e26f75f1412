/** What a quantity counts: bytes, seconds, or nothing in particular (a number, a share). */
export type Kind = 'bytes' | 'seconds' | 'number';

/** An amount in the base unit of its kind. */
export interface Quantity {
  /** Bytes, seconds, or the number itself. A share of 12 % is 0.12. */
  readonly amount: number;
  readonly kind: Kind;
}

interface Unit {
  readonly kind: Kind;
  /** How many base units one of it is. */
  readonly factor: number;
}

/**
 * The units that docker, du, dd and time print. Docker counts in powers of 1000 (`kB`, `MB`:
 * https://pkg.go.dev/github.com/docker/go-units#HumanSize); du -h in powers of 1024 (`K`, `M`).
 */
const UNITS: Readonly<Record<string, Unit>> = {
  '%': { kind: 'number', factor: 0.01 },
  B: { kind: 'bytes', factor: 1 },
  kB: { kind: 'bytes', factor: 1e3 },
  KB: { kind: 'bytes', factor: 1e3 },
  MB: { kind: 'bytes', factor: 1e6 },
  GB: { kind: 'bytes', factor: 1e9 },
  TB: { kind: 'bytes', factor: 1e12 },
  K: { kind: 'bytes', factor: 2 ** 10 },
  M: { kind: 'bytes', factor: 2 ** 20 },
  G: { kind: 'bytes', factor: 2 ** 30 },
  KiB: { kind: 'bytes', factor: 2 ** 10 },
  MiB: { kind: 'bytes', factor: 2 ** 20 },
  GiB: { kind: 'bytes', factor: 2 ** 30 },
  us: { kind: 'seconds', factor: 1e-6 },
  µs: { kind: 'seconds', factor: 1e-6 },
  ms: { kind: 'seconds', factor: 1e-3 },
  s: { kind: 'seconds', factor: 1 },
  min: { kind: 'seconds', factor: 60 },
};

/** Names of the units, as an error lists them. */
export const UNIT_NAMES: readonly string[] = Object.keys(UNITS);

/** The unit of a name; undefined if there is none. */
export function unitOf(name: string): Unit | undefined {
  return Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
}

/**
 * Reads a measured value, such as `62.9MB`, `0.67`, `35 ms`, `1m2.5s` (as bash's `time` prints it)
 * or `12%`.
 * @param unit of a value that has none of its own, such as the seconds of `real 0m0.188s`
 * @returns undefined if it is not a quantity
 */
export function readQuantity(text: string, unit?: string): Quantity | undefined {
  const minutes = /^(\d+)m([\d.]+)s$/.exec(text.trim());
  if (minutes) return { amount: Number(minutes[1]) * 60 + Number(minutes[2]), kind: 'seconds' };
  const match = /^(\d[\d,]*(?:\.\d+)?)\s*([a-zA-Zµ%]*)$/.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', own = ''] = match;
  const amount = Number(digits.replaceAll(',', ''));
  const name = own === '' ? unit : own;
  if (name === undefined) return { amount, kind: 'number' };
  const known = unitOf(name);
  return known && { amount: amount * known.factor, kind: known.kind };
}

/**
 * Writes a quantity for readers.
 * @param unit in which it is written; the largest in which it is at least 1 if absent
 * @param digits behind the point; enough for three significant digits if absent
 * @throws {RangeError} if the unit is unknown or counts something else
 */
export function writeQuantity({ amount, kind }: Quantity, unit?: string, digits?: number): string {
  const name = unit ?? naturalUnit(amount, kind);
  const known = name === '' ? { kind: 'number', factor: 1 } : unitOf(name);
  if (known?.kind !== kind) throw new RangeError(`${kind} cannot be written in ${name}`);
  const value = amount / known.factor;
  const whole = Math.abs(value) < 1 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const text = value.toFixed(digits ?? Math.max(0, 2 - whole));
  return name === '' ? text : `${text}\u00a0${name}`;
}

const WRITTEN: Readonly<Record<Kind, readonly string[]>> = {
  bytes: ['GB', 'MB', 'kB', 'B'],
  seconds: ['s', 'ms'],
  number: [''],
};

function naturalUnit(amount: number, kind: Kind): string {
  const names = WRITTEN[kind];
  const fits = names.find((name) => Math.abs(amount) >= (unitOf(name)?.factor ?? 1));
  return fits ?? names.at(-1) ?? '';
}
