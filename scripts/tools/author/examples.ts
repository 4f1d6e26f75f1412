import { mdxToMdast } from 'satteri';
import { fenced, fencesBelow } from '../../../src/core/lesson/fence.ts';

/** A step of a lesson that uses an option. */
export interface Example {
  readonly lesson: string;
  readonly step: string;
  /** The fence as written in the lesson. */
  readonly text: string;
}

/**
 * Finds an example for each option: the current example if a step still has it, else the shortest
 * step of all lessons that uses the option. So the reference does not change with every lesson.
 * @param texts the text of each lesson, by lesson id
 * @param current whether a step is the current example of an option
 */
export function examplesOf(
  texts: ReadonlyMap<string, string>,
  current: (option: string, example: Example) => boolean = () => false,
): ReadonlyMap<string, Example> {
  const found = new Map<string, Example>();
  const isBefore = (a: Example, b: Example, option: string): boolean => {
    const [isA, isB] = [current(option, a), current(option, b)];
    return isA === isB ? a.text.length < b.text.length : isA;
  };
  for (const [lesson, source] of texts)
    for (const fence of fencesBelow(mdxToMdast(source), source)) {
      if (fence.kind !== 'step' || fence.id === undefined) continue;
      const text = fenced(fence.body, `console ${fence.meta}`);
      for (const { name } of fence.options) {
        const option = name.replace(/\..*/, '');
        const [one, other] = [found.get(option), { lesson, step: fence.id, text }];
        if (one === undefined || isBefore(other, one, option)) found.set(option, other);
      }
    }
  return found;
}
