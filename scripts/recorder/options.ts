import type { Lesson } from '../../src/core/lesson/model.ts';
import type { Engine } from '../../src/core/recording/engines.ts';
import type { Folders } from '../../src/store/folders.ts';
import type { LabHost, OnProgress } from '../lab/index.ts';
import type { LessonRun } from './run/lesson-run.ts';
import type { Shard } from './shard.ts';

export interface RecordOptions extends Folders {
  /** `LESSON` or `LESSON#STEP`; all lessons if empty. */
  readonly names: readonly string[];
  /** Also run what is up to date. */
  readonly all: boolean;
  /** Write nothing; any difference is drift. */
  readonly check: boolean;
  /** `content` has only some of the lessons: recordings of others are left as they are. */
  readonly keepsOthers?: boolean;
  /**
   * Accept the result of one run; the caller does the second one. In a check, a lesson that fails
   * by itself is not run again.
   */
  readonly once?: boolean;
  /**
   * What of a lesson is run; as it is, if absent. What comes out is compared with the recordings of
   * the lesson as it is.
   */
  readonly asRun?: (lesson: Lesson) => Lesson;
  /** Another Engine, whose variants are recorded; the reference Engine if absent. */
  readonly engine?: Engine;
  readonly shard?: Shard;
  readonly jobs: number;
  /** A host that its caller keeps open; if absent, one is opened for the run. */
  readonly host?: LabHost;
  /** Beginnings of lessons that were run in advance. */
  readonly rehearsal?: { take(lesson: Lesson): Promise<LessonRun | undefined> };
  readonly report: OnProgress;
  readonly signal: AbortSignal;
}
