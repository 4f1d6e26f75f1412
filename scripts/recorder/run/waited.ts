import { findMasked } from '../../../src/core/recording/masks.ts';

/** Seconds of each unit in which Docker tells ages (go-units, HumanDuration). */
const UNITS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

/** Two moments of a run, in seconds before now. */
export interface Moments {
  /** It began. */
  readonly begun: number;
  /** It went on after it had waited. */
  readonly resumed: number;
}

/**
 * Whether a screen tells how long ago something was of before the wait: then it tells how long the
 * author took. What was made afterwards does not, nor what is older than the play.
 */
export function tellsWait(screen: string, { begun, resumed }: Moments): boolean {
  return agesOn(screen).some((age) => age > resumed && age <= begun);
}

/** All ages on a screen, in seconds, rounded down as they are shown. */
function agesOn(screen: string): number[] {
  return screen.split('\n').flatMap((line) =>
    findMasked(line)
      .filter(({ mask }) => mask.name === 'age')
      .map(({ from, to }) => secondsOf(line.slice(from, to))),
  );
}

/** Of `3 seconds`, `About a minute`, `Less than a second`. */
function secondsOf(age: string): number {
  const [, unit = ''] = /([a-z]+?)s?$/.exec(age) ?? [];
  if (age.startsWith('Less')) return 0;
  return (UNITS[unit] ?? 0) * Number(/^\d+/.exec(age)?.[0] ?? 1);
}
