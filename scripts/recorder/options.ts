import type { Lesson } from '../../src/core/lesson/model.ts';
import type { Folders } from '../../src/store/folders.ts';
import type { LabHost, Report } from '../lab/index.ts';
import type { LessonRun } from './run/lesson-run.ts';
import type { Shard } from './shard.ts';

export interface RecordOptions extends Folders {
  /** `LESSON` or `LESSON#STEP`; all lessons if empty. */
  readonly names: readonly string[];
  /** Run also what is up to date. */
  readonly all: boolean;
  /** Write nothing; what is not as recorded is drift. */
  readonly check: boolean;
  /**
   * The recordings are of more lessons than `content` holds: what those alone explain (their
   * folders, the reference of their commands) is left as it is.
   */
  readonly keepsOthers?: boolean;
  /** Accept what one run shows: the caller sees to a second one. */
  readonly once?: boolean;
  /**
   * What of a lesson is run; as it is, if absent. What comes out is compared with the recordings of
   * the lesson as it is.
   */
  readonly asRun?: (lesson: Lesson) => Lesson;
  /** Only the lessons that are this machine's share. */
  readonly shard?: Shard;
  /** Lessons that are run at once. */
  readonly jobs: number;
  /** A host of labs that its caller keeps open; one is opened for the run if absent. */
  readonly host?: LabHost;
  /** Where the beginnings of lessons may have been run already. */
  readonly rehearsal?: { take(lesson: Lesson): Promise<LessonRun | undefined> };
  readonly report: Report;
  readonly signal: AbortSignal;
}
