import { stepsOf, type Block } from './model.ts';
import type { Component } from './mdast.ts';
import { barFaults } from './plot.ts';
import type { Problem } from './problem.ts';

/** A component in the prose of a lesson. */
export interface ComponentUse extends Component {
  readonly line: number;
}

/** Components that quote a recording: what they name must be recorded by a step of the lesson. */
export function componentFaults(
  uses: readonly ComponentUse[],
  blocks: readonly Block[],
): Omit<Problem, 'file'>[] {
  const steps = stepsOf({ blocks });
  return uses.flatMap(({ name, line, attributes }) => {
    if (name === 'Plot')
      return barFaults(attributes['bars'] ?? '', steps).map((fault) => ({ line, ...fault }));
    if (name !== 'Measured') return [];
    const step = steps.find(({ id }) => id === attributes['step']);
    const value = attributes['name'];
    if (step === undefined)
      return [
        {
          line,
          title: '<Measured> names no step of this lesson',
          found: attributes['step'] ?? 'no step',
          hint: `use one of ${steps.map(({ id }) => id).join(', ')}`,
        },
      ];
    if (value === undefined || !Object.hasOwn(step.options.measure, value))
      return [
        {
          line,
          title: `the step ${step.id} measures no such value`,
          found: value ?? 'no name',
          hint: `add measure.${value ?? 'name'}=/(…)/ to the step, in line ${step.line}`,
        },
      ];
    return [];
  });
}
