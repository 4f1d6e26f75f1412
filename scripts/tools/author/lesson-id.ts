import { basename, join } from 'node:path';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { newLesson } from './new-lesson.ts';

/**
 * Checks a lesson id.
 * @returns why a lesson cannot have the id; undefined if it can
 * @param content folder of lessons
 */
export function idRefusal(id: string, content: string): string | undefined {
  if (id !== basename(id)) return `${id} is not a valid lesson name: it contains a slash`;
  if (/^[a-z]{2}$/.test(id))
    return `${id} is not a valid lesson name: a folder named by two letters holds translations`;
  // The parser of lessons reports other invalid ids.
  const [problem] = parseLesson(newLesson(id), join(content, `${id}.mdx`)).problems;
  return problem && formatProblem(problem);
}
