import { stepsOf, type Block } from './model.ts';
import type { ComponentUse } from './mdast.ts';
import { barFaults } from './plot.ts';
import type { Problem } from './problem.ts';

/** The systems, shells and processors for which a note may say what differs: `<On system="…">`. */
const SYSTEMS = ['Docker Desktop', 'Linux', 'macOS', 'Windows', 'zsh', 'PowerShell', 'arm64'];

/**
 * Checks notes on other systems, which nothing records, and components that quote a recording: a
 * step of the lesson must record the value they name.
 */
export function componentFaults(
  uses: readonly ComponentUse[],
  blocks: readonly Block[],
): Omit<Problem, 'file'>[] {
  const steps = stepsOf({ blocks });
  return uses.flatMap(({ name, line, attributes, cites }) => {
    if (name === 'Differs') return engineFaults(attributes['engine'], line);
    if (name === 'On') return noteFaults(attributes['system'], line, cites);
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

function engineFaults(engine: string | undefined, line: number) {
  if (engine === undefined || /^\d+$/.test(engine)) return [];
  return [
    {
      line,
      title: '<Differs> does not name an Engine by its major version',
      found: engine,
      hint: 'use engine="28", or leave it out in a note for all readers',
    },
  ];
}

function noteFaults(system: string | undefined, line: number, cites: boolean) {
  if (system === undefined || !SYSTEMS.includes(system))
    return [
      {
        line,
        title: '<On> does not name a system that the lessons know',
        found: system ?? 'no system',
        hint: `use system="…" with one of ${SYSTEMS.join(', ')}`,
      },
    ];
  if (cites) return [];
  return [
    {
      line,
      title: `the note about ${system} has no source`,
      hint: 'link to a page that says so: no recording shows it',
    },
  ];
}
