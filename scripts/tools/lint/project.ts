import type { Problem } from '../../../src/core/lesson/problem.ts';
import { readContent } from '../../../src/store/project.ts';
import { knownWords } from '../../../src/store/reference.ts';
import { lintLessons } from './lessons.ts';

/**
 * Checks what can be checked without recording or building: the lessons, and what refers to them
 * (translations, the glossary, the rows of 2014). Reports the same problems as the build.
 * @param root folder of the project
 */
export async function lintProject(root: string): Promise<Problem[]> {
  const content = await readContent(root);
  return [...content.problems, ...lintLessons(content, knownWords(root)), ...content.beside];
}
