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

/* The files beside the lessons. `root` is the folder of the project. */

/** Words that are right and in no dictionary, one a line. */
export const WORDS_FILE = 'content/words.txt';

/** The terms of the project's glossary; none if it has no glossary. */
export function glossaryTerms(root: string): Term[] {
  return readGlossary(read(root, GLOSSARY_FILE) ?? NONE).terms;
}

/** The rows of "2014 → today"; none if the project has none. */
export function thenAndNow(root: string): Row[] {
  return readThenAndNow(read(root, THEN_AND_NOW_FILE) ?? NONE).rows;
}

/** Words that no dictionary knows, and that the project allows. */
export function knownWords(root: string): string[] {
  return (read(root, WORDS_FILE) ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((word) => word !== '');
}

/** What an author has to fix in the files beside the lessons. */
export function referenceProblems(root: string, lessons: readonly Lesson[]): Problem[] {
  const { rows, problems } = readThenAndNow(read(root, THEN_AND_NOW_FILE) ?? NONE);
  return [
    ...readGlossary(read(root, GLOSSARY_FILE) ?? NONE).problems,
    ...problems,
    ...proofProblems(rows, lessons),
  ];
}

/** Stands for a list that is not there. */
const NONE = '[]';

function read(root: string, file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
