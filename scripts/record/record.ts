import { stepsOf, type Lesson, type Step } from '../../src/lesson/model.ts';
import type { Problem } from '../../src/lesson/problem.ts';
import { commandReference } from '../../src/lesson/reference.ts';
import type { Report } from '../lab/index.ts';
import { orphans, readCommitted, type Committed } from './committed.ts';
import { withHiddenSecrets, type PlayFailure } from './failure.ts';
import type { LabFailure } from './lab-queue.ts';
import { readLessons, select, type Selection } from './lessons.ts';
import { outcome, type Change } from './outcome.ts';
import type { PlayedStep } from './play.ts';
import { worst, type Status } from './status.ts';
import { RecordingsWriter } from './write.ts';

export interface RecordOptions {
  /** Folder of lessons. */
  readonly content: string;
  /** Folder of recordings. */
  readonly recordings: string;
  /** `LESSON` or `LESSON#STEP`; all lessons if empty. */
  readonly names: readonly string[];
  /** Play also what is up to date. */
  readonly all: boolean;
  /** Write nothing; what is not as recorded is drift. */
  readonly check: boolean;
  /** Lessons that are played at once. */
  readonly jobs: number;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** How one lesson came out. */
export type LessonResult =
  | { readonly kind: 'as recorded'; readonly lesson: string; readonly took: Took }
  | {
      readonly kind: 'changed';
      readonly lesson: string;
      readonly file: string;
      readonly changes: readonly Change[];
      readonly removed: readonly string[];
      readonly took: Took;
    }
  /** Found without playing: these steps have no recording of their present source. */
  | {
      readonly kind: 'pending';
      readonly lesson: string;
      readonly file: string;
      readonly steps: ReadonlyMap<string, 'missing' | 'stale'>;
    }
  | {
      readonly kind: 'failed';
      readonly lesson: string;
      readonly file: string;
      readonly failure: PlayFailure | LabFailure;
    };

/** Milliseconds of each step that was played, by its id. */
export type Took = ReadonlyMap<string, number>;

/** A lesson that was held against its recordings. */
export interface Source {
  readonly lesson: Lesson;
  /** Its file; empty if it has none. */
  readonly text: string;
  /** Those of its steps that were asked for. */
  readonly steps: readonly Step[];
}

export interface RecordResult {
  readonly status: Status;
  /** What is wrong with lesson files; then nothing was played. */
  readonly problems: readonly Problem[];
  /** Of each lesson, and last of the reference of their commands if there is one. */
  readonly lessons: readonly LessonResult[];
  /** What `lessons` speaks of, by lesson id. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Plays what has to be played, compares, and writes what changed.
 * @throws {UsageError} if a name names nothing
 */
export async function record(options: RecordOptions): Promise<RecordResult> {
  const { lessons, texts, problems } = readLessons(options.content);
  if (problems.length > 0) return { status: 2, problems, lessons: [], sources: new Map() };
  // The help of the commands that lessons use is recorded like one more lesson.
  const reference = commandReference(lessons)?.lesson;
  const known = reference === undefined ? lessons : [...lessons, reference];
  const selected = select(known, options.names);
  const committed = await Promise.all(
    selected.map(({ lesson }) => readCommitted(lesson, options.recordings)),
  );
  const plan = selected.map((selection, index) => planned(selection, committed[index], options));

  const results =
    options.check && !options.all
      ? plan.map(({ before }) => unplayed(before))
      : await play(plan, options);
  if (!options.check && options.names.length === 0 && !options.signal.aborted)
    await removeOrphans(orphans(known, options.recordings), options);
  const statuses = results.map((result) => statusOf(result, options.check));
  return {
    status: worst(options.signal.aborted ? [...statuses, 130] : statuses),
    problems: [],
    lessons: await Promise.all(
      results.map(async (result) =>
        result.kind === 'failed'
          ? { ...result, failure: await withHiddenSecrets(result.failure) }
          : result,
      ),
    ),
    sources: new Map(
      selected.map(({ lesson, upTo }) => [
        lesson.id,
        {
          lesson,
          text: texts.get(lesson.id) ?? '',
          steps: stepsOf(lesson).filter(({ id }) => upTo === undefined || id === upTo),
        },
      ]),
    ),
  };
}

interface Plan {
  readonly selection: Selection;
  readonly before: Committed;
  readonly plays: boolean;
}

function planned(
  selection: Selection,
  before: Committed | undefined,
  { all }: RecordOptions,
): Plan {
  if (before === undefined) throw new Error(`nothing was read of ${selection.lesson.id}`);
  const pending =
    selection.upTo === undefined
      ? before.pending.size > 0 || before.leftOver.length > 0
      : before.pending.has(selection.upTo);
  return { selection, before, plays: all || pending };
}

function unplayed({ lesson, pending }: Committed): LessonResult {
  if (pending.size === 0) return { kind: 'as recorded', lesson: lesson.id, took: new Map() };
  return { kind: 'pending', lesson: lesson.id, file: lesson.file, steps: pending };
}

async function play(plan: readonly Plan[], options: RecordOptions): Promise<LessonResult[]> {
  const { signal, report, recordings, check } = options;
  const toPlay = plan.filter(({ plays }) => plays);
  const results = new Map<string, LessonResult>();
  if (toPlay.length > 0) {
    // Terminals and the way to an Engine take longest to load: a run with nothing to play does without.
    const [{ LabQueue }, { playLesson }] = await Promise.all([
      import('./lab-queue.ts'),
      import('./play.ts'),
    ]);
    const writer = check
      ? undefined
      : await RecordingsWriter.open(
          recordings,
          (pid) => report(`waiting for another recorder (process ${pid})`),
          signal,
        );
    try {
      const queue = new LabQueue(
        toPlay.map(({ selection }) => selection.lesson.frontMatter),
        { jobs: options.jobs, report, signal },
      );
      await queue.run(
        async (index, lab) => {
          const item = toPlay[index];
          if (item === undefined) return;
          const { selection, before } = item;
          const { lesson, upTo } = selection;
          const played = await playLesson(lesson, lab, {
            ...(upTo !== undefined && { upTo }),
            onStep: (step) => report(`${lesson.id}: ${step.id}`),
          });
          const only = upTo === undefined ? played : played.filter(({ step }) => step.id === upTo);
          const { changes, removed, files } = outcome(only, before, lab.facts, today());
          const changed = changes.length > 0 || removed.length > 0;
          if (changed) writer?.replace(lesson.id, files);
          const took = tookOf(only);
          results.set(
            lesson.id,
            changed
              ? { kind: 'changed', lesson: lesson.id, file: lesson.file, changes, removed, took }
              : { kind: 'as recorded', lesson: lesson.id, took },
          );
        },
        (index, failure) => {
          const lesson = toPlay[index]?.selection.lesson;
          if (lesson !== undefined)
            results.set(lesson.id, {
              kind: 'failed',
              lesson: lesson.id,
              file: lesson.file,
              failure,
            });
        },
      );
    } finally {
      writer?.close();
    }
  }
  return plan.flatMap(({ before, plays }) => {
    const result = plays
      ? results.get(before.lesson.id)
      : ({ kind: 'as recorded', lesson: before.lesson.id, took: new Map() } as const);
    return result ?? [];
  });
}

function tookOf(played: readonly PlayedStep[]): Took {
  return new Map(
    played.map(({ step, commands }) => [step.id, commands.reduce((sum, { ms }) => sum + ms, 0)]),
  );
}

async function removeOrphans(
  names: readonly string[],
  { recordings, report, signal }: RecordOptions,
): Promise<void> {
  if (names.length === 0) return;
  const writer = await RecordingsWriter.open(
    recordings,
    (pid) => report(`waiting for another recorder (process ${pid})`),
    signal,
  );
  for (const name of names) writer.remove(name);
  writer.close();
}

function statusOf(result: LessonResult, check: boolean): Status {
  if (result.kind === 'failed') return result.failure.status;
  if (result.kind === 'pending') return 10;
  return result.kind === 'changed' && check ? 10 : 0;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
