import { farReaching } from '../../../src/core/lesson/far-reaching.ts';
import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';

/**
 * Reports commands that remove more than their lesson created without warning readers who type
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
        title: `${text} removes more than this lesson created`,
        hint: 'name what it removes, or warn readers about what they would lose: warning="…"',
      }));
    if (found.length > 0) return [];
    return [
      {
        file,
        line: step.line,
        title: `the step ${step.id} warns, but none of its commands removes more than it names`,
        hint: 'remove the warning',
      },
    ];
  });
}
