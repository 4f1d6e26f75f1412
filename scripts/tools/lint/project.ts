import { resolve } from 'node:path';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import { readContent, unexplained } from '../../../src/store/project.ts';
import { knownWords } from '../../../src/store/reference.ts';
import { lintLessons } from './lessons.ts';

/**
 * Checks what can be checked without recording or building: the lessons, what refers to them
 * (translations, the glossary, the rows of 2014), and that the error messages of the recordings are
 * explained. Reports the same problems as the build.
 * @param root folder of the project
 */
export async function lintProject(root: string): Promise<Problem[]> {
  const content = await readContent(root);
  return [
    ...content.problems,
    ...lintLessons(content, knownWords(root)),
    ...content.beside,
    ...(await unexplained(resolve(root), content)),
  ];
}
