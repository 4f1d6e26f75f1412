import { stepsOf, type Lesson, type Step } from '../../src/core/lesson/model.ts';
import type { Problem } from '../../src/core/lesson/problem.ts';
import {
  commandReference,
  placeOfUse,
  type Reference,
} from '../../src/core/lesson/command-help.ts';
import type { LabHost, Report } from '../lab/index.ts';
import {
  orphans,
  pendingSteps,
  readRecording,
  type PendingState,
} from '../../src/store/recordings.ts';
import { RunFailure, withHiddenSecrets } from './run/failure.ts';
import type { LabFailure } from './run/lab-queue.ts';
import type { Folders } from '../../src/store/folders.ts';
import { readLessons } from '../../src/store/lessons.ts';
import { select, type Selection } from '../../src/store/selection.ts';
import type { Change } from './compare/outcome.ts';
import { asRecorded, makePlan, play, shareOf, unplayed, type Played } from './plan.ts';
import type { Rehearsal } from './author/rehearsal.ts';
import type { Shard } from './shard.ts';
import { worst, type Status } from './status.ts';
import { mendRecordings, withRecordings } from '../../src/store/write.ts';
import { WriteError } from '../../src/store/write-error.ts';
import { UnwrittenError } from './write-error.ts';

export interface RecordOptions extends Folders {
  /** `LESSON` or `LESSON#STEP`; all lessons if empty. */
  readonly names: readonly string[];
  /** Play also what is up to date. */
  readonly all: boolean;
  /** Write nothing; what is not as recorded is drift. */
  readonly check: boolean;
  /**
   * The recordings are of more lessons than `content` holds: what those alone explain (their folders, the
   * reference of their commands) is left as it is.
   */
  readonly keepsOthers?: boolean;
  /** Accept what one run shows: the caller sees to a second one. */
  readonly once?: boolean;
  /** What of a lesson is played; as it is, if absent. What comes out is compared with the recordings of the lesson as it is. */
  readonly asPlayed?: (lesson: Lesson) => Lesson;
  /** Only the lessons that are this machine's share. */
  readonly shard?: Shard;
  /** Lessons that are played at once. */
  readonly jobs: number;
  /** A host of labs that its caller keeps open; one is opened for the run if absent. */
  readonly host?: LabHost;
  /** Where the beginnings of lessons may be played already. */
  readonly rehearsal?: Pick<Rehearsal, 'take'>;
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
  /** Found without playing: these steps have no recording of their present source, these files have no step. */
  | {
      readonly kind: 'pending';
      readonly lesson: string;
      readonly file: string;
      readonly steps: ReadonlyMap<string, PendingState>;
      /** Of each that is damaged: which file, and what is wrong with it. */
      readonly damage: ReadonlyMap<string, string>;
      readonly leftOver: readonly string[];
    }
  /** Two runs did not show the same: it was not recorded. */
  | {
      readonly kind: 'noisy';
      readonly lesson: string;
      readonly file: string;
      /** The first run against the second one. */
      readonly changes: readonly Change[];
      readonly took: Took;
    }
  | {
      readonly kind: 'failed';
      readonly lesson: string;
      readonly file: string;
      readonly failure: RunFailure | LabFailure;
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
  /** Of the reference of commands: where a lesson uses the command of a step, by its id. */
  readonly places?: ReadonlyMap<string, { readonly file: string; readonly line: number }>;
}

export interface RecordResult {
  readonly status: Status;
  /** What is wrong with lesson files; then nothing was played. */
  readonly problems: readonly Problem[];
  /** Of each lesson, and last of the reference of their commands if there is one. */
  readonly lessons: readonly LessonResult[];
  /** Lessons whose lab failed, and that were played in a second one. */
  readonly triedAgain: readonly string[];
  /** Folders of recordings that belong to no lesson, by name: removed, unless nothing is written. */
  readonly orphans: readonly string[];
  /** What `lessons` speaks of, by lesson id. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Plays what has to be played, compares, and writes what changed: at the end, so that a run that is
 * interrupted has written nothing.
 * @throws {UsageError} if a name names nothing
 * @throws {UnwrittenError} if the recordings cannot be replaced by what was played
 * @throws {WriteError} if that shows before anything was played
 */
export async function record(options: RecordOptions): Promise<RecordResult> {
  const { recordings, report, signal } = options;
  const { lessons, texts, problems } = readLessons(options.content);
  if (problems.length > 0)
    return { status: 2, problems, lessons: [], triedAgain: [], orphans: [], sources: new Map() };
  // The help of the commands that lessons use is recorded like one more lesson.
  const reference = options.keepsOthers ? undefined : commandReference(lessons);
  const known = reference === undefined ? lessons : [...lessons, reference.lesson];
  const selected = await withReference(select(known, options.names), reference, recordings);
  // What belongs to nobody is removed by whoever speaks of all lessons, and of several machines by the first.
  const tidies =
    !options.keepsOthers && options.names.length === 0 && (options.shard?.index ?? 1) === 1;
  const gone = () => (tidies ? orphans(known, recordings) : []);

  await mendRecordings(recordings, report, signal);
  const plan = shareOf(await makePlan(selected, options), options.shard);
  const mine = plan.map(({ selection }) => selection);
  const sources = sourcesOf(mine, texts, reference);
  if (options.check) {
    const played = options.all ? await play(plan, options) : unplayed(plan);
    return ended(await told(played, sources), gone(), sources, options);
  }
  if (gone().length === 0 && !plan.some(({ plays }) => plays))
    return ended({ results: plan.map(asRecorded), triedAgain: [] }, [], sources, options);
  return withRecordings(recordings, report, signal, async (replace) => {
    // Another recorder may have been at work until now.
    const { files, ...played } = await play(await makePlan(mine, options), options);
    const all = await told(played, sources);
    if (signal.aborted) return ended(all, [], sources, options);
    const orphans = gone();
    // From here on an interrupt is too late, and nothing is waited for in which one could come.
    const result = ended(all, orphans, sources, options);
    try {
      replace(files, orphans);
    } catch (error) {
      throw error instanceof WriteError ? new UnwrittenError(error, result) : error;
    }
    return result;
  });
}

/** What came of the lessons that were looked at. */
type Told = Omit<Played, 'files'>;

/** How the run ended that came out so. */
function ended(
  { results, triedAgain }: Told,
  orphans: readonly string[],
  sources: RecordResult['sources'],
  { check, signal }: RecordOptions,
): RecordResult {
  const statuses: Status[] = results.map((result) => statusOf(result, check));
  if (check && orphans.length > 0) statuses.push(10);
  if (signal.aborted) statuses.push(130);
  return { status: worst(statuses), problems: [], lessons: results, triedAgain, orphans, sources };
}

/** Failures without secrets, and those of a help at the line of the lesson that asks for it. */
async function told(
  { results, triedAgain }: Told,
  sources: RecordResult['sources'],
): Promise<Told> {
  return {
    triedAgain,
    results: await Promise.all(
      results.map(async (result) => {
        if (result.kind !== 'failed') return result;
        const { places } = sources.get(result.lesson) ?? {};
        const failure = places ? atUse(result.failure, places) : result.failure;
        return { ...result, failure: await withHiddenSecrets(failure) };
      }),
    ),
  };
}

/** A failure of a command's help where a lesson uses the command. */
function atUse<Failure>(
  failure: Failure | RunFailure,
  places: NonNullable<Source['places']>,
): Failure | RunFailure {
  const place = failure instanceof RunFailure ? places.get(failure.step ?? '') : undefined;
  if (place === undefined || !(failure instanceof RunFailure)) return failure;
  const problem = {
    ...failure.problem,
    ...place,
    title: `the help of a command of this line cannot be recorded: ${failure.problem.title}`,
    hint: 'use a command that Docker has; where it is meant to fail, write exit= on its step',
  };
  return new RunFailure(problem, failure.status, failure.screen, failure.step);
}

/**
 * The help of commands is recorded with whatever lesson is: a new command wants its own, and moves
 * the others.
 */
async function withReference(
  selected: readonly Selection[],
  reference: Reference | undefined,
  recordings: string,
): Promise<readonly Selection[]> {
  if (reference === undefined || selected.some(({ lesson }) => lesson === reference.lesson))
    return selected;
  const recording = await readRecording(reference.lesson, recordings);
  const isComplete = pendingSteps(recording).size === 0 && recording.leftOver.length === 0;
  return isComplete ? selected : [...selected, { lesson: reference.lesson }];
}

function sourcesOf(
  selected: readonly Selection[],
  texts: ReadonlyMap<string, string>,
  reference: Reference | undefined,
): ReadonlyMap<string, Source> {
  const ids = selected.map(({ lesson }) => lesson.id);
  const uses = reference?.entries.map((entry) => [entry.step, placeOfUse(entry, ids)] as const);
  return new Map(
    selected.map(({ lesson, steps }) => [
      lesson.id,
      {
        lesson,
        text: texts.get(lesson.id) ?? '',
        steps: stepsOf(lesson).filter(({ id }) => steps?.includes(id) ?? true),
        ...(lesson === reference?.lesson && { places: new Map(uses) }),
      },
    ]),
  );
}

function statusOf(result: LessonResult, check: boolean): Status {
  if (result.kind === 'failed') return result.failure.status;
  // The lesson has to be changed, as where a command fails: to run it again would not help.
  if (result.kind === 'noisy') return 20;
  if (result.kind === 'pending') return 10;
  return result.kind === 'changed' && check ? 10 : 0;
}
