import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where `npm run dev` tells the pages which steps failed, from the project's folder: of the last play of each lesson. */
export const FAILURES = '.astro/failures.json';

/** By lesson: the step that failed, and what the terminal says of it. */
export type Failures = Readonly<Record<string, { readonly step: string; readonly text: string }>>;

/** What the terminal says of a step that failed when its lesson was played last, while lessons are written. */
export async function failureOf(
  root: string,
  lesson: string,
  step: string,
): Promise<string | undefined> {
  const text = await readFile(join(root, FAILURES), 'utf8').catch(() => '{}');
  const failure = (JSON.parse(text) as Failures)[lesson];
  return failure?.step === step ? failure.text : undefined;
}
