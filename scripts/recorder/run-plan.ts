import {
  placeOf,
  stepsOf,
  type Command,
  type Lesson,
  type Step,
} from '../../src/core/lesson/model.ts';
import type { Held } from '../../src/core/recording/held.ts';
import type { Engine } from '../../src/core/recording/engines.ts';
import { variantFolder } from '../../src/core/recording/paths.ts';
import type { LabFacts } from '../../src/core/recording/proof.ts';
import { unproven } from '../../src/core/recording/unproven.ts';
import type { Lab, LabSpec } from '../lab/index.ts';
import { locatorOf, otherHeld, type Change, type Locate } from './compare/change.ts';
import { changesOf, withSharing } from './compare/compare.ts';
import { filesOf } from './compare/files.ts';
import { lostQuote } from './compare/quotes.ts';
import { stepsWithIdsOf } from './compare/identity.ts';
import { needSecondRun, unconfirmed } from './compare/noise.ts';
import { betweenRuns, decide, otherInEachRun, type Decision } from './compare/two-runs.ts';
import type { RecordOptions } from './options.ts';
import { hasUnrecorded, inRunOrder, type Plan } from './plan.ts';
import type { LessonResult } from './result.ts';
import { RunFailure, type Failure, type Place } from './run/failure.ts';
import { LabQueue } from './run/lab-queue.ts';
import { LessonRun } from './run/lesson-run.ts';
import { runToEnd } from './run/run-to-end.ts';
import type { StepRun } from './run/step.ts';
import { recordedSteps } from '../../src/store/recordings.ts';
import type { LessonFiles } from '../../src/store/write.ts';

/** The results of the lessons that were run; after an interrupt, some are missing. */
export interface PlanRun {
  readonly results: ReadonlyMap<Plan, LessonResult>;
  /** Lessons that were run in another lab, since their first run or its lab had failed. */
  readonly triedAgain: readonly string[];
  /** The new recordings of the lessons that changed, by their folder. */
  readonly files: ReadonlyMap<string, LessonFiles>;
}

/**
 * Runs the lessons of a plan. A lesson is run twice before it is recorded if it has steps that are
 * new, edited or drifted, or if its lab held something different from what was recorded. Each run
 * has a fresh lab, and the recording is accepted only if both runs agree.
 */
export async function runPlan(plan: readonly Plan[], options: RecordOptions): Promise<PlanRun> {
  const confirms = !options.check && options.once !== true;
  const lessons = inRunOrder(plan, options.jobs).map(
    (item) => new TwoRuns(item, confirms, options.engine),
  );
  // If a second run is known to be needed, it is run in parallel.
  const isTwice = ({ plan: item }: TwoRuns) => confirms && hasUnrecorded(item);
  const triedAgain = new Set<string>();
  const queue = new LabQueue(
    lessons.flatMap((lesson) => (isTwice(lesson) ? [lesson.first, lesson.second] : [lesson.first])),
    {
      ...options,
      jobs: lessons.some(isTwice) ? Math.max(options.jobs, 2) : options.jobs,
      waiting: async (run) => {
        if (run.isSecond) return undefined;
        run.rehearsed = await options.rehearsal?.take(run.lesson.plan.source.lesson);
        return run.rehearsed?.lab;
      },
      place: ({ typing }) => typing,
      needless: ({ isSecond, lesson }) => isSecond && lesson.result !== undefined,
      failsTwice: options.check && options.once !== true,
      anotherLab: ({ lesson }) => void triedAgain.add(lesson.plan.source.lesson.id),
    },
  );
  await queue.run(
    (run, lab) => runOnce(run, lab, options),
    async ({ lesson, isSecond }, ran) => {
      if (ran === undefined) return;
      if (isSecond) return lesson.secondRan(ran);
      await lesson.firstRan(ran);
      if (lesson.result === undefined && !isTwice(lesson)) queue.add(lesson.second);
    },
    ({ lesson, isSecond }, failure) =>
      isSecond ? lesson.secondRan(failure) : lesson.firstFailed(failure),
  );
  return {
    results: new Map(
      lessons.flatMap(({ plan: item, result }) => (result === undefined ? [] : [[item, result]])),
    ),
    triedAgain: [...triedAgain],
    files: new Map(
      lessons.flatMap(({ plan: { source }, files }) =>
        files === undefined ? [] : [[folderOf(source.lesson.id, options), files]],
      ),
    ),
  };
}

/** The folder in which what is recorded of a lesson is kept. */
function folderOf(lesson: string, { engine }: RecordOptions): string {
  return engine === undefined ? lesson : variantFolder(lesson, engine.name);
}

interface PlannedRun {
  readonly lesson: TwoRuns;
  readonly isSecond: boolean;
  readonly spec: LabSpec;
  /** The beginning of the lesson, if it was run in advance. */
  rehearsed?: LessonRun | undefined;
  typing?: Place;
}

interface Ran {
  readonly runs: readonly StepRun[];
  readonly changes: readonly Change[];
  readonly lab: LabFacts;
  /** Undefined if the lesson was not run to its end. */
  readonly held: Held | undefined;
}

/** Thrown if the second run of a lesson is no longer needed. */
class Needless extends Error {}

/** @returns undefined if the run is no longer needed */
async function runOnce(
  run: PlannedRun,
  lab: Lab,
  options: RecordOptions,
): Promise<Ran | undefined> {
  const { lesson: pair, isSecond, rehearsed } = run;
  delete run.typing;
  const { lesson, steps, isWhole } = pair.plan.source;
  const asRun = options.asRun?.(lesson) ?? lesson;
  const name = isSecond ? `${lesson.id}, second run` : lesson.id;
  const last = isWhole ? undefined : lastToRun(pair.plan, options);
  let { file } = lesson;
  const lessonRun = rehearsed?.lab === lab ? rehearsed : await LessonRun.begin(asRun, lab);
  try {
    const all = await runToEnd(lessonRun, {
      ...(last !== undefined && { upTo: last }),
      onStep: (step: Step) => {
        ({ file } = placeOf(lesson, step));
        if (isSecond && pair.result !== undefined) throw new Needless();
        options.report(`${name}: ${step.id}`);
      },
      onCommand: ({ line, lines: [command = ''] }: Command) =>
        void (run.typing = { file, line, command }),
    });
    if (isWhole) requireProof(asRun, all);
    const runs = all.filter(({ step }) => steps.some(({ id }) => id === step.id));
    const { held } = lessonRun;
    const ran = { runs, lab: lab.facts, held };
    if (isSecond) return { ...ran, changes: [] };
    const { before, source, lists } = pair.plan;
    // What is run without its expectations need not show what the prose quotes.
    const lost = options.asRun ? undefined : lostQuote(before, source, runs);
    if (lost !== undefined) throw lost;
    const found: Change[] = [
      ...(await changesOf(runs, before, pair.locate)),
      ...otherHeld(before, held),
    ];
    if (found.length === 0) found.push(...lists.map(({ change }) => change));
    const changes = options.check ? found : withSharing(found, all, before, pair.locate);
    return { ...ran, changes };
  } catch (error) {
    if (error instanceof Needless) return undefined;
    throw error;
  }
}

/**
 * The step after which the run of some steps ends: the last of them, or the last one that shows ids
 * of theirs and has to be written with them.
 */
function lastToRun({ source, before }: Plan, { check }: RecordOptions): string | undefined {
  const asked = new Set(source.steps.map(({ id }) => id));
  const recorded = [...recordedSteps(before).values()];
  const sharing = check ? asked : stepsWithIdsOf(source.lesson, recorded, asked);
  return stepsOf(source.lesson).findLast(({ id }) => asked.has(id) || sharing.has(id))?.id;
}

/** @throws {RunFailure} at the first thing that a lesson says and that its run does not prove */
function requireProof(lesson: Lesson, runs: readonly StepRun[]): void {
  const [fault] = unproven(lesson, (id) => runs.find(({ step }) => step.id === id));
  if (fault !== undefined) throw new RunFailure({ file: lesson.file, ...fault }, 20, '');
}

/** The two runs after which a lesson's recordings are accepted. */
class TwoRuns {
  readonly plan: Plan;
  readonly first: PlannedRun;
  readonly second: PlannedRun;
  readonly locate: Locate;
  /** The result of the lesson, once it is decided. */
  result: LessonResult | undefined;
  /** Its new recordings, if they change. */
  files: LessonFiles | undefined;
  private readonly confirms: boolean;
  private ran: Ran | undefined;
  private other: Ran | Failure | undefined;

  /** @param confirms whether changes need a second run */
  constructor(plan: Plan, confirms: boolean, engine: Engine | undefined) {
    const { source } = plan;
    const spec = { ...source.lesson.frontMatter, ...(engine && { engine }) };
    this.plan = plan;
    this.confirms = confirms;
    this.first = { lesson: this, isSecond: false, spec };
    this.second = { lesson: this, isSecond: true, spec };
    this.locate = locatorOf(plan.before);
  }

  async firstRan(ran: Ran): Promise<void> {
    this.ran = ran;
    if (this.confirms && needSecondRun(ran.changes)) await this.decide();
    else await this.settle({ kind: 'accepted' });
  }

  firstFailed(failure: Failure): Promise<void> {
    return this.settle({ kind: 'failed', failure });
  }

  async secondRan(other: Ran | Failure): Promise<void> {
    this.other = other;
    if (this.result === undefined) await this.decide();
  }

  private async decide(): Promise<void> {
    const { ran, other, locate } = this;
    if (ran === undefined || other === undefined) return;
    const { lesson } = this.plan.source;
    const steps = unconfirmed(ran.changes);
    const found =
      'status' in other ? other : await betweenRuns(lesson, steps, ran.runs, other.runs, locate);
    const decision = decide(lesson, steps, found);
    const failure =
      decision.kind === 'accepted' && !('status' in other)
        ? otherInEachRun(lesson, ran.held, other.held)
        : undefined;
    await this.settle(failure ? { kind: 'failed', failure } : decision);
  }

  private async settle(decision: Decision): Promise<void> {
    const { source, before } = this.plan;
    const { runs = [], changes = [], lab, held } = this.ran ?? {};
    const durations = new Map(runs.map((run) => [run.step.id, msOf(run)]));
    const of = { lesson: source.lesson.id, source, durations };
    switch (decision.kind) {
      case 'accepted': {
        const kind = changes.length > 0 ? 'changed' : 'as recorded';
        this.result = { ...of, kind, changes };
        if (kind === 'changed' && lab !== undefined)
          this.files = await filesOf(before, {
            ...{ runs, changes, lab, held },
            ...{ quotes: source.quotes, today: today() },
          });
        break;
      }
      case 'noisy':
        this.result = { ...of, ...decision };
        break;
      case 'failed':
        this.result = { ...of, ...decision, changes: [], durations: new Map() };
    }
  }
}

/** `YYYY-MM-DD` */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function msOf({ commands }: StepRun): number {
  return commands.reduce((sum, { ms }) => sum + ms, 0);
}
