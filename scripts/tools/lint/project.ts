import { join, relative } from 'node:path';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import { referenceProblems } from '../../../src/store/reference.ts';
import { translationProblems } from '../../../src/store/translations.ts';
import { readLessons } from '../../../src/store/lessons.ts';
import { lintLessons } from './lessons.ts';

/**
 * All that can be said of a project without playing or building it: of its lessons, and of what
 * refers to them (translations, the glossary, the rows of 2014), as the build says it.
 * @param root folder of the project
 */
export async function lintProject(root: string): Promise<Problem[]> {
  const folder = join(root, 'content/lessons');
  const { lessons: read, problems } = readLessons(folder);
  const found = lintLessons(folder);
  // Of lessons that cannot be read no steps are known: what refers to them may be right.
  if (problems.length > 0) return found;
  const lessons = read.map((lesson) => ({ ...lesson, file: relative(root, lesson.file) }));
  return [
    ...found,
    ...referenceProblems(root, lessons),
    ...(await translationProblems(root, lessons)),
  ];
}
