import { stepsOf, type Block } from './model.ts';
import type { ComponentUse } from './mdast.ts';
import { barFaults } from './plot.ts';
import type { Problem } from './problem.ts';

/**
 * Checks components that quote a recording: a step of the lesson must record the value they name.
 */
export function componentFaults(
  uses: readonly ComponentUse[],
  blocks: readonly Block[],
): Omit<Problem, 'file'>[] {
  const steps = stepsOf({ blocks });
  return uses.flatMap(({ name, line, attributes }) => {
    if (name === 'Plot')
      return barFaults(attributes['bars'] ?? '', steps).map((fault) => ({ line, ...fault }));
    if (name !== 'Measured' || attributes['of'] !== undefined) return [];
    const step = steps.find(({ id }) => id === attributes['step']);
    const value = attributes['name'];
    if (step === undefined)
      return [
        {
          line,
          title: '<Measured> does not name a step of this lesson',
          found: attributes['step'] ?? 'no step',
          hint: `use one of ${steps.map(({ id }) => id).join(', ')}`,
        },
      ];
    if (value === undefined || !Object.hasOwn(step.options.measure, value))
      return [
        {
          line,
          title: `the step ${step.id} does not measure this value`,
          found: value ?? 'no name',
          hint: `add measure.${value ?? 'name'}=/(…)/ to the step in line ${step.line}`,
        },
      ];
    return [];
  });
}
