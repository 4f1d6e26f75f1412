import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/*
 * While lessons are written, pages show what the terminal says of a step that failed. `root` is the
 * folder of the project.
 */

/** A step that failed, and what the terminal says of it. */
export interface Failure {
  readonly step: string;
  readonly text: string;
}

/** Where it is told: of the last run of each lesson, by its id. */
export function failuresFile(root: string): string {
  return join(root, '.astro/failures.json');
}

/** What failed when a lesson was run last. */
export function failureOf(root: string, lesson: string): Failure | undefined {
  try {
    const failures = JSON.parse(readFileSync(failuresFile(root), 'utf8')) as Record<
      string,
      Failure
    >;
    return failures[lesson];
  } catch {
    // There is none, or it is being written: the page is loaded again when it is.
    return undefined;
  }
}

/** Tells the pages which step of a lesson failed, and begins without failures. */
export class FailureBoard {
  private readonly file: string;
  private readonly failures = new Map<string, Failure>();

  constructor(root: string) {
    this.file = failuresFile(root);
    rmSync(this.file, { force: true });
  }

  /** @param failure of the last run of a lesson; nothing if it passed */
  note(lesson: string, failure?: Failure): void {
    if (failure !== undefined) this.failures.set(lesson, failure);
    else if (!this.failures.delete(lesson)) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(Object.fromEntries(this.failures)));
  }
}
