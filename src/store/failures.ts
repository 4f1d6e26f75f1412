import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/*
 * While lessons are being written, their pages show the message for a failed step that is also
 * printed on the terminal. `root` is the project's folder.
 */

/** A failed step and the message that is printed on the terminal. */
export interface Failure {
  readonly step: string;
  readonly text: string;
}

/** Path of the file with the failures of the last run of each lesson, by lesson id. */
export function failuresFile(root: string): string {
  return join(root, '.astro/failures.json');
}

/** The failure of a lesson's last run, if any. */
export function failureOf(root: string, lesson: string): Failure | undefined {
  try {
    const failures = JSON.parse(readFileSync(failuresFile(root), 'utf8')) as Record<
      string,
      Failure
    >;
    return failures[lesson];
  } catch {
    // The file does not exist or is being written; the page is reloaded afterwards.
    return undefined;
  }
}

/** Publishes to the pages which step of a lesson failed. Starts without failures. */
export class FailureBoard {
  private readonly file: string;
  private readonly failures = new Map<string, Failure>();

  constructor(root: string) {
    this.file = failuresFile(root);
    rmSync(this.file, { force: true });
  }

  /** @param failure the failure of the lesson's last run; absent if it passed */
  note(lesson: string, failure?: Failure): void {
    if (failure !== undefined) this.failures.set(lesson, failure);
    else if (!this.failures.delete(lesson)) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(Object.fromEntries(this.failures)));
  }
}
