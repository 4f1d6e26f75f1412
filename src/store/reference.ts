import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../core/lesson/model.ts';
import type { Problem } from '../core/lesson/problem.ts';
import { GLOSSARY_FILE, readGlossary, type Term } from '../core/reference/glossary.ts';
import {
  proofProblems,
  readThenAndNow,
  THEN_AND_NOW_FILE,
  type Row,
} from '../core/reference/then-and-now.ts';

/**
 * The terms of the project's glossary; none if it has no glossary.
 * @param root folder of the project
 */
export function glossaryTerms(root: string): Term[] {
  return readGlossary(read(root, GLOSSARY_FILE)).terms;
}

/** The rows of "2014 → today"; none if the project has none. */
export function thenAndNow(root: string): Row[] {
  return readThenAndNow(read(root, THEN_AND_NOW_FILE)).rows;
}

/** What an author has to fix in the files beside the lessons. */
export function referenceProblems(root: string, lessons: readonly Lesson[]): Problem[] {
  const { rows, problems } = readThenAndNow(read(root, THEN_AND_NOW_FILE));
  return [
    ...readGlossary(read(root, GLOSSARY_FILE)).problems,
    ...problems,
    ...proofProblems(rows, lessons),
  ];
}

/** An empty list stands for a file that is not there. */
function read(root: string, file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '[]';
}
