import { farReaching } from '../../../src/core/lesson/far-reaching.ts';
import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';

/**
 * Reports commands that reach beyond the things of their lesson without warning readers who type
 * along, and needless warnings.
 */
export function missingWarnings(lesson: Pick<Lesson, 'file' | 'blocks'>): Problem[] {
  const { file } = lesson;
  return stepsOf(lesson).flatMap((step): Problem[] => {
    const found = step.options.hide ? [] : farReaching(step);
    if (step.options.warning === undefined)
      return found.map(({ line, text }) => ({
        file,
        line,
        title: `${text} reaches beyond the things of this lesson`,
        hint: 'name what it removes, or warn readers about what they would lose or change: warning="…"',
      }));
    if (found.length > 0) return [];
    return [
      {
        file,
        line: step.line,
        title: `the step ${step.id} warns, but none of its commands reaches beyond what it names`,
        hint: 'remove the warning',
      },
    ];
  });
}
