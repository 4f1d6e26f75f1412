import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../lesson/problem.ts';
import { GLOSSARY_FILE, readGlossary, type Term } from './glossary.ts';

/**
 * The terms of the project's glossary; none if it has no glossary.
 * @param root folder of the project
 */
export function glossaryTerms(root: string): Term[] {
  return readGlossary(read(root, GLOSSARY_FILE)).terms;
}

/** What an author has to mend in the files beside the lessons. */
export function referenceProblems(root: string): Problem[] {
  return readGlossary(read(root, GLOSSARY_FILE)).problems;
}

/** An empty list stands for a file that is not there. */
function read(root: string, file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '[]';
}
