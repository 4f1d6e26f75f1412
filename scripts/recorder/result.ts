import type { Lesson, Step } from '../../src/core/lesson/model.ts';
import type { Quote } from '../../src/core/lesson/quotes.ts';
import type { Problem } from '../../src/core/lesson/problem.ts';
import type { Change } from './compare/change.ts';
import type { Failure } from './run/failure.ts';
import type { Status } from './status.ts';
import type { WriteError } from '../../src/store/write-error.ts';

/** The result of a run of the recorder, which reports, summaries and annotations render. */
export interface RecordResult {
  readonly status: Status;
  /** Whether the changes are in the recordings now; a check does not write them. */
  readonly written: boolean;
  /** Problems of lesson files; if there are any, nothing was run. */
  readonly problems: readonly Problem[];
  /** The results of the lessons, and of the reference of their commands at the end. */
  readonly lessons: readonly LessonResult[];
  /** Lessons that were run in another lab, since their first run or its lab had failed. */
  readonly triedAgain: readonly string[];
  /**
   * Folders of recordings that belong to no lesson, by name: removed, unless nothing is written.
   */
  readonly orphans: readonly string[];
  /** Why the recordings could not be replaced; they are unchanged. */
  readonly unwritten?: WriteError;
}

export interface LessonResult {
  readonly lesson: string;
  readonly source: Source;
  /**
   * `pending`: not run, but something of it is not recorded; `noisy`: two runs did not show the
   * same, and it was not recorded.
   */
  readonly kind: 'as recorded' | 'changed' | 'pending' | 'noisy' | 'failed';
  /** In the order of the lesson; files that belong to no step come last. */
  readonly changes: readonly Change[];
  /** Milliseconds of each step that was run, by its id. */
  readonly durations: ReadonlyMap<string, number>;
  readonly failure?: Failure;
}

/** A lesson that is compared with its recordings. */
export interface Source {
  readonly lesson: Lesson;
  /** Text of its file; empty if it has none. */
  readonly text: string;
  /** What its prose may quote of the screens. */
  readonly quotes: readonly Quote[];
  readonly steps: readonly Step[];
  /** Whether these are all of its steps. */
  readonly isWhole: boolean;
}
