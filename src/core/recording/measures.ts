/** How the values that a mask hides are read, and how far apart they may be. */
export interface Measure {
  /** In any unit; undefined if the line says that the value may be any. */
  readonly read: (matched: string, line: string, from: number) => number | undefined;
  /** Two values differ if the larger one exceeds the other beyond one of these tolerances. */
  readonly tolerances: readonly Tolerance[];
}

/** Exceeded if a value is larger than another one both so many times and by so much. */
interface Tolerance {
  readonly times: number;
  readonly by: number;
}

/** Seconds. Machines differ in speed, and the same machine does when it is busy. */
export const durations: Measure = { read: seconds, tolerances: [{ times: 10, by: 3 }] };

/** Seconds since something happened in the lesson; images were built at any time before it. */
export const ages: Measure = {
  read: (age, line, from) =>
    /(?:\bUp |\) )$/.test(line.slice(0, from)) ? secondsOfAge(age) : undefined,
  tolerances: [{ times: 10, by: 30 }],
};

/**
 * Bytes, not those per second. Images grow with their releases; the memory of a small process
 * varies by some hundred kilobytes.
 */
export const sizes: Measure = {
  read: (size, line, from) => (line.startsWith('/s', from + size.length) ? undefined : bytes(size)),
  tolerances: [
    { times: 1.25, by: 500_000 },
    { times: 10, by: 1000 },
  ],
};

/** Percent. */
export const shares: Measure = {
  read: (share) => parseFloat(share),
  tolerances: [{ times: 1.5, by: 20 }],
};

/** Percent of a processor, of which a busy machine may leave little. */
export const loads: Measure = { ...shares, tolerances: [{ times: 10, by: 10 }] };

function seconds(duration: string): number {
  if (!/[a-zµ]/.test(duration)) return Number(duration);
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, µs: 1e-6 };
  const parts = duration.matchAll(/([\d.]+)(ms|µs|[hms])/g);
  return Array.from(parts).reduce(
    (sum, [, n, unit = '']) => sum + Number(n) * (units[unit] ?? 0),
    0,
  );
}

/** Seconds of each unit in which Docker shows ages (go-units, HumanDuration). */
const AGE_UNITS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

/** `About a minute` is one, `Less than a second` too. */
export function secondsOfAge(age: string): number {
  const [unit = ''] = /[a-z]+?(?=s?$)/.exec(age) ?? [];
  return (Number(/\d+/.exec(age)?.[0] ?? 1) || 1) * (AGE_UNITS[unit] ?? 0);
}

function bytes(size: string): number {
  const [, number, prefix = '', i] = /^([\d.]+) ?([kKMG]?)(i?)B$/.exec(size) ?? [];
  return (
    Number(number) * (i === 'i' ? 1024 : 1000) ** ' kMG'.indexOf(prefix.replace('K', 'k') || ' ')
  );
}

/** Whether two values are further apart than the measure tolerates. */
export function isBeyond({ tolerances }: Measure, one: number, other: number): boolean {
  const [small, large] = [Math.min(one, other), Math.max(one, other)];
  return tolerances.some(({ times, by }) => large > small * times && large - small > by);
}
