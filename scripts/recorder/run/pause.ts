import { findMasked } from '../../../src/core/recording/masks.ts';
import { secondsOfAge } from '../../../src/core/recording/measures.ts';

/** Two moments of a run, in seconds before now. */
export interface Moments {
  readonly begun: number;
  readonly resumed: number;
}

/** Whether a screen shows the age of something from before the pause, which then includes it. */
export function showsPause(screen: string, { begun, resumed }: Moments): boolean {
  return agesOn(screen).some((age) => age > resumed && age <= begun);
}

/** All ages on a screen, in seconds, rounded down as they are shown. */
function agesOn(screen: string): number[] {
  return screen.split('\n').flatMap((line) =>
    findMasked(line)
      .filter(({ mask }) => mask.name === 'age')
      .map(({ from, to }) => line.slice(from, to))
      .map((age) => (age.startsWith('Less') ? 0 : secondsOfAge(age))),
  );
}
