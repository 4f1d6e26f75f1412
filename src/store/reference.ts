import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lesson } from '../core/lesson/model.ts';
import type { Problem } from '../core/lesson/problem.ts';
import { ERRORS_FILE, readErrors, type KnownError } from '../core/reference/errors.ts';
import { GLOSSARY_FILE, readGlossary, type Term } from '../core/reference/glossary.ts';
import {
  proofProblems,
  readThenAndNow,
  THEN_AND_NOW_FILE,
  type Row,
} from '../core/reference/then-and-now.ts';

/* The content files other than lessons. `root` is the project's folder. */

/** Path of the list of correct words that are in no dictionary, one per line. */
export const WORDS_FILE = 'content/words.txt';

/** The terms of the project's glossary; empty if there is no glossary. */
export function glossaryTerms(root: string): Term[] {
  return readGlossary(read(root, GLOSSARY_FILE) ?? NONE).terms;
}

/** The rows of "2014 → today"; empty if there is no such file. */
export function thenAndNow(root: string): Row[] {
  return readThenAndNow(read(root, THEN_AND_NOW_FILE) ?? NONE).rows;
}

/**
 * The known error messages, in the order in which they are looked for; undefined if the project has
 * no list of them.
 */
export function knownErrors(root: string): KnownError[] | undefined {
  const text = read(root, ERRORS_FILE);
  return text === undefined ? undefined : readErrors(text).errors;
}

/** Words that are in no dictionary but that the project allows. */
export function knownWords(root: string): string[] {
  return (read(root, WORDS_FILE) ?? '')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((word) => word !== '');
}

/** Everything that an author has to fix in the content files other than lessons. */
export function referenceProblems(root: string, lessons: readonly Lesson[]): Problem[] {
  const { rows, problems } = readThenAndNow(read(root, THEN_AND_NOW_FILE) ?? NONE);
  return [
    ...readGlossary(read(root, GLOSSARY_FILE) ?? NONE).problems,
    ...problems,
    ...proofProblems(rows, lessons),
    ...readErrors(read(root, ERRORS_FILE) ?? NONE).problems,
  ];
}

/** Default for a missing list. */
const NONE = '[]';

function read(root: string, file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
