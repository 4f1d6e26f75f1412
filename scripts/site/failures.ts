import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Tells the pages of the development server which step of a lesson failed. */
export interface FailureBoard {
  /** Of the last play of a lesson; nothing if it passed. */
  readonly note: (
    lesson: string,
    failure?: { readonly step: string; readonly text: string },
  ) => void;
}

/**
 * Begins without failures.
 * @param file where the site looks for them
 */
export function failureBoard(file: string): FailureBoard {
  const failures = new Map<string, { readonly step: string; readonly text: string }>();
  rmSync(file, { force: true });
  return {
    note(lesson, failure) {
      if (failure !== undefined) failures.set(lesson, failure);
      else if (!failures.delete(lesson)) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(Object.fromEntries(failures)));
    },
  };
}
