import type { Problem } from '../../../src/core/lesson/problem.ts';
import { readContent } from '../../../src/store/project.ts';
import { knownWords } from '../../../src/store/reference.ts';
import { lintLessons } from './lessons.ts';

/**
 * All that can be said of a project without playing or building it: of its lessons, and of what
 * refers to them (translations, the glossary, the rows of 2014), as the build says it.
 * @param root folder of the project
 */
export async function lintProject(root: string): Promise<Problem[]> {
  const content = await readContent(root);
  return [...content.problems, ...lintLessons(content, knownWords(root)), ...content.beside];
}
