import { farReaching } from '../../../src/core/lesson/far-reaching.ts';
import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';

/**
 * Commands that remove more than the things of their lesson, and that do not warn readers who type along; and
 * warnings of steps that remove nothing else.
 */
export function missingWarnings(lesson: Pick<Lesson, 'file' | 'blocks'>): Problem[] {
  const { file } = lesson;
  return stepsOf(lesson).flatMap((step): Problem[] => {
    const found = step.options.hide ? [] : farReaching(step);
    if (step.options.warning === undefined)
      return found.map(({ line, text }) => ({
        file,
        line,
        title: `${text} removes more than the things of this lesson`,
        hint: 'name what it removes, or tell readers what they would lose: warning="…"',
      }));
    if (found.length > 0) return [];
    return [
      {
        file,
        line: step.line,
        title: `the step ${step.id} warns, but none of its commands removes more than it names`,
        hint: 'take the warning out',
      },
    ];
  });
}
