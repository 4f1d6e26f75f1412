import { commandReference, REFERENCE } from '../../src/core/lesson/command-help.ts';
import { lessonIdOf, splitName } from '../../src/core/lesson/id.ts';
import { variantFolder } from '../../src/core/recording/paths.ts';
import { placeOf, stepsOf, type Lesson } from '../../src/core/lesson/model.ts';
import { quotesIn } from '../../src/core/lesson/quotes.ts';
import { readEngines } from '../../src/store/engines.ts';
import { readLessons } from '../../src/store/lessons.ts';
import { orphans, pendingSteps, readRecording } from '../../src/store/recordings.ts';
import { select, UsageError, type Selection } from '../../src/store/selection.ts';
import { isVariant, type Variant } from '../../src/store/variants.ts';
import type { RecordOptions } from './options.ts';
import { makePlan, shareOf, withoutRun, type Plan } from './plan.ts';
import type { LessonResult, RecordResult, Source } from './result.ts';
import type { PlanRun } from './run-plan.ts';
import { RunFailure, withHiddenSecrets, type Failure } from './run/failure.ts';
import { worst, type Status } from './status.ts';
import {
  lessonFiles,
  recoverRecordings,
  withRecordings,
  type Contents,
  type LessonFiles,
} from '../../src/store/write.ts';
import { WriteError } from '../../src/store/write-error.ts';

/**
 * Runs what has to be run, compares, and writes what changed: at the end, so that an interrupted
 * run has written nothing.
 * @throws {UsageError} if a name is unknown
 * @throws {WriteError} if it is known before the run that the recordings cannot be written
 */
export async function record(options: RecordOptions): Promise<RecordResult> {
  const { recordings, report, signal } = options;
  const { lessons, texts, problems } = readLessons(options.content);
  if (problems.length > 0)
    return { status: 2, written: false, problems, lessons: [], triedAgain: [], orphans: [] };
  // The help of the commands that lessons use is recorded like one more lesson.
  const named = options.names.map((name) => lessonIdOf(splitName(name).lesson));
  const reference = options.keepsOthers ? undefined : commandReference(lessons, named);
  const known = reference === undefined ? lessons : [...lessons, reference.lesson];
  const selected = await withReference(select(known, options.names), reference?.lesson, recordings);
  const sources = sourcesOf(selected, texts);
  // Leftover recordings are removed by runs of all lessons, on the first of several machines.
  const tidies =
    !options.keepsOthers &&
    options.engine === undefined &&
    options.names.length === 0 &&
    (options.shard?.index ?? 1) === 1;
  const gone = () => (tidies ? orphans(known, recordings) : []);

  await recoverRecordings(recordings, report, signal);
  const plan = shareOf(await makePlan(sources, options), options.shard);
  for (const { before } of plan) if (isVariant(before)) requireReference(before);
  if (options.check) {
    const ran = options.all ? await run(plan, options) : NOTHING_RUN;
    return resultOf(await lessonsOf(plan, ran), ran, gone(), options);
  }
  if (gone().length === 0 && !plan.some(({ isRun, lists }) => isRun || lists.length > 0))
    return resultOf(await lessonsOf(plan, NOTHING_RUN), NOTHING_RUN, [], options);
  return withRecordings(recordings, report, signal, async (replace) => {
    // Another recorder may have written until now.
    const mine = plan.map(({ source }) => source);
    const current = await makePlan(mine, options);
    const ran = await run(current, options);
    const results = await lessonsOf(current, ran);
    if (signal.aborted) return resultOf(results, ran, [], options);
    const orphans = gone();
    // From here on, an interrupt is too late; there is no `await` in which it could arrive.
    const result = resultOf(results, ran, orphans, options);
    try {
      replace(contentsOf(ran.files, listsOf(current, results), recordings), orphans);
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      return { ...result, status: 1, written: false, unwritten: error };
    }
    return result;
  });
}

/**
 * What is written: new folders of lessons, with their variants, whose folders are in them, and
 * proofs in which only the list of quotes changes.
 */
function contentsOf(
  files: PlanRun['files'],
  lists: ReadonlyMap<string, string>,
  recordings: string,
): Contents {
  const engines = readEngines(recordings);
  const folders = [...files].map(([folder, own]): [string, LessonFiles] => {
    const kept = [...(lessonFiles(recordings, folder) ?? [])]
      .filter(([name]) =>
        engines.some((engine) => name.startsWith(`${variantFolder('', engine.name).slice(1)}/`)),
      )
      .map(([name, content]) => [name, lists.get(`${folder}/${name}`) ?? content] as const);
    return [folder, new Map([...kept, ...own])];
  });
  const inPlace = [...lists].filter(
    ([path]) => !folders.some(([folder]) => path.startsWith(`${folder}/`)),
  );
  return new Map<string, LessonFiles | string>([...folders, ...inPlace]);
}

/** The proofs in which only the list of quotes changes, by path, of the lessons that passed. */
function listsOf(
  plan: readonly Plan[],
  results: readonly LessonResult[],
): ReadonlyMap<string, string> {
  const changed = new Set(results.flatMap((one) => (one.kind === 'changed' ? one.source : [])));
  const lists = plan.flatMap((item) => (changed.has(item.source) ? item.lists : []));
  return new Map(lists.map(({ path, text }) => [path, text]));
}

const NOTHING_RUN: PlanRun = { results: new Map(), triedAgain: [], files: new Map() };

async function run(plan: readonly Plan[], options: RecordOptions): Promise<PlanRun> {
  if (!plan.some(({ isRun }) => isRun)) return NOTHING_RUN;
  // Terminals and the client of the Engine take longest to load.
  const { runPlan } = await import('./run-plan.ts');
  return runPlan(plan, options);
}

/**
 * Requires that the reference Engine's recordings, with which a variant is compared, are complete.
 */
function requireReference({ lesson, reference }: Variant): void {
  if (pendingSteps(reference).size === 0) return;
  throw new UsageError(
    `${lesson.id} is not recorded with the reference Engine, with which others are compared`,
    `npm run record -- ${lesson.id}`,
  );
}

/** The results of the lessons of a plan, without those whose run was interrupted. */
async function lessonsOf(
  plan: readonly Plan[],
  { results }: PlanRun,
): Promise<readonly LessonResult[]> {
  const lessons = plan.flatMap((item) =>
    results === NOTHING_RUN.results || !item.isRun ? withoutRun(item) : (results.get(item) ?? []),
  );
  return Promise.all(
    lessons.map(async (result) =>
      result.failure === undefined
        ? result
        : { ...result, failure: await withHiddenSecrets(atUse(result.failure, result.source)) },
    ),
  );
}

function resultOf(
  lessons: readonly LessonResult[],
  { triedAgain }: PlanRun,
  orphans: readonly string[],
  { check, signal }: RecordOptions,
): RecordResult {
  const statuses = lessons.map((lesson) => statusOf(lesson, check));
  if (check && orphans.length > 0) statuses.push(10);
  if (signal.aborted) statuses.push(130);
  const written = !check && !signal.aborted;
  return { status: worst(statuses), written, problems: [], lessons, triedAgain, orphans };
}

function statusOf({ kind, failure }: LessonResult, check: boolean): Status {
  switch (kind) {
    case 'failed':
      return failure?.status ?? 20;
    case 'noisy':
      // As after a command that failed, the lesson has to be changed: another run would not help.
      return 20;
    case 'pending':
      return 10;
    case 'changed':
      return check ? 10 : 0;
    case 'as recorded':
      return 0;
  }
}

/** Reports a failure of a command's help where a lesson uses the command. */
function atUse(failure: Failure, { lesson, steps }: Source): Failure {
  if (lesson.id !== REFERENCE || !(failure instanceof RunFailure)) return failure;
  const step = steps.find(({ id }) => id === failure.step);
  if (step === undefined) return failure;
  const problem = {
    ...failure.problem,
    ...placeOf(lesson, step),
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
  lesson: Lesson | undefined,
  recordings: string,
): Promise<readonly Selection[]> {
  if (lesson === undefined || selected.some((one) => one.lesson === lesson)) return selected;
  const recording = await readRecording(lesson, recordings);
  const isComplete = pendingSteps(recording).size === 0 && recording.leftOver.length === 0;
  return isComplete ? selected : [...selected, { lesson }];
}

function sourcesOf(selected: readonly Selection[], texts: ReadonlyMap<string, string>): Source[] {
  return selected.map(({ lesson, steps }) => ({
    lesson,
    text: texts.get(lesson.id) ?? '',
    steps: stepsOf(lesson).filter(({ id }) => steps?.includes(id) ?? true),
    isWhole: steps === undefined,
    quotes: quotesIn(texts.get(lesson.id) ?? '', lesson),
  }));
}
