import { ID, NAME } from './id.ts';
import type { Step } from './model.ts';

/** One bar of a plot: a value that a step measures, and its label. */
export interface Bar {
  readonly step: string;
  readonly name: string;
  readonly label: string;
}

/**
 * Reads the bars of a `<Plot>`: `STEP.NAME=label`, separated by `;`.
 * @returns the bars, and the parts that cannot be read, as written
 */
export function readBars(text: string): { bars: Bar[]; unreadable: string[] } {
  const bars: Bar[] = [];
  const unreadable: string[] = [];
  for (const part of text.split(';').map((entry) => entry.trim())) {
    const [, step = '', name = '', label = ''] = /^(.*?)\.(.*?)=(\S.*)$/.exec(part) ?? [];
    if (ID.test(step) && NAME.test(name)) bars.push({ step, name, label });
    else unreadable.push(part);
  }
  return { bars, unreadable };
}

/** Faults in the bars of a plot, with the fix: a step must measure the value of each bar. */
export function barFaults(
  text: string,
  steps: readonly Step[],
): { title: string; found: string; hint: string }[] {
  const { bars, unreadable } = readBars(text);
  return [
    ...unreadable.map((found) => ({
      title: '<Plot> has a bar that cannot be read',
      found: found === '' ? 'nothing' : found,
      hint: 'write bars="STEP.NAME=label; STEP.NAME=label"',
    })),
    ...bars
      .filter(({ step, name }) => {
        const measured = steps.find(({ id }) => id === step)?.options.measure ?? {};
        return !Object.hasOwn(measured, name);
      })
      .map(({ step, name }) => ({
        title: '<Plot> uses a value that no step of this lesson measures',
        found: `${step}.${name}`,
        hint: `add measure.${name}=/(…)/ to the step ${step}, or correct the name`,
      })),
  ];
}
