import { basename, join } from 'node:path';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { newLesson } from './new-lesson.ts';

/**
 * Why a lesson cannot have an id; undefined if it can.
 * @param content folder of lessons
 */
export function idRefusal(id: string, content: string): string | undefined {
  if (id !== basename(id)) return `${id} is no name of a lesson: it holds a slash`;
  if (/^[a-z]{2}$/.test(id))
    return `${id} is no name of a lesson: two letters name a language, whose translations are there`;
  // Whoever reads lessons finds an id that none can have.
  const [problem] = parseLesson(newLesson(id), join(content, `${id}.mdx`)).problems;
  return problem && formatProblem(problem);
}
