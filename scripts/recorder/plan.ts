import type { Command, Step } from '../../src/core/lesson/model.ts';
import type { Lab, LabSpec } from '../lab/index.ts';
import {
  damageOf,
  pendingSteps,
  readRecording,
  type LessonRecording,
} from '../../src/store/recordings.ts';
import type { Place } from './run/lab-queue.ts';
import type { Selection } from '../../src/store/selection.ts';
import type { StepRun } from './run/step.ts';
import type { LessonResult, RecordOptions, Took } from './record.ts';
import type { LessonRun } from './run/lesson-run.ts';
import type { Run, Verdict } from './compare/two-runs.ts';
import { inShard, type Shard } from './shard.ts';
import type { LessonFiles } from '../../src/store/write.ts';

/** What becomes of one lesson in a run. */
export interface Plan {
  readonly selection: Selection;
  readonly before: LessonRecording;
  /** Whether it is played. */
  readonly plays: boolean;
  /** The lab to play it in. */
  readonly spec: LabSpec;
}

/** What came out of a run. */
export interface Played {
  readonly results: readonly LessonResult[];
  /** Lessons whose lab failed, and that were played in a second one. */
  readonly triedAgain: readonly string[];
  /** By lesson: what the recordings of those that changed become. */
  readonly files: ReadonlyMap<string, LessonFiles>;
}

/** Holds lessons against what is recorded of them now. */
export async function makePlan(
  selected: readonly Selection[],
  { all, recordings }: Pick<RecordOptions, 'all' | 'recordings'>,
): Promise<Plan[]> {
  return Promise.all(
    selected.map(async (selection) => {
      const before = await readRecording(selection.lesson, recordings);
      const plays = all || isPending(selection, before);
      return { selection, before, plays, spec: selection.lesson.frontMatter };
    }),
  );
}

function isPending({ steps }: Selection, before: LessonRecording): boolean {
  const pending = pendingSteps(before);
  if (steps !== undefined) return steps.some((id) => pending.has(id));
  return pending.size > 0 || before.leftOver.length > 0;
}

/** What of a plan is this machine's share; all of it if there is only one. */
export function shareOf(plan: readonly Plan[], shard: Shard | undefined): readonly Plan[] {
  return shard === undefined ? plan : inShard(plan, ({ before }) => recordedMs(before), shard);
}

/** The result of a lesson that needs no play. */
export function asRecorded({ before }: Plan): LessonResult {
  return { kind: 'as recorded', lesson: before.lesson.id, took: new Map() };
}

/** What can be said without playing. */
export function unplayed(plan: readonly Plan[]): Played {
  const results = plan.map((item): LessonResult => {
    const { lesson } = item.before;
    const steps = pendingSteps(item.before);
    const damage = damageOf(item.before);
    const leftOver = item.selection.steps === undefined ? item.before.leftOver : [];
    if (steps.size === 0 && leftOver.length === 0) return asRecorded(item);
    return { kind: 'pending', lesson: lesson.id, file: lesson.file, steps, damage, leftOver };
  });
  return { results, triedAgain: [], files: new Map() };
}

/** A run of a lesson that may become its recordings. */
interface FirstRun extends Run {
  readonly took: Took;
}

/** One of the two runs of a lesson. */
interface PlannedRun {
  readonly plan: Plan;
  readonly isSecond: boolean;
  readonly spec: LabSpec;
}

/**
 * Whether a step that is asked for has no recording of its present source: then it is run twice.
 */
function hasUnrecorded({ selection: { steps }, before }: Plan): boolean {
  const pending = pendingSteps(before);
  return steps?.some((id) => pending.has(id)) ?? pending.size > 0;
}

/**
 * Plays those lessons of a plan that are to be played. What is new or edited is run twice, each
 * time in a fresh lab, and only accepted if both runs show the same; the same goes for drift that
 * is to be written. Of an interrupted run some results are missing.
 */
export async function play(plan: readonly Plan[], options: RecordOptions): Promise<Played> {
  const toPlay = inPlayOrder(plan, options.jobs).filter(({ plays }) => plays);
  const results = new Map<Plan, LessonResult>();
  const triedAgain: string[] = [];
  const files = new Map<string, LessonFiles>();
  if (toPlay.length > 0) {
    // Terminals and the way to an Engine take longest to load: a run with nothing to play does without.
    const [{ LabQueue }, plays, { runToEnd }, { outcome }, { Needless, TwoRuns }] =
      await Promise.all([
        import('./run/lab-queue.ts'),
        import('./run/lesson-run.ts'),
        import('./run/run-to-end.ts'),
        import('./compare/outcome.ts'),
        import('./compare/two-runs.ts'),
      ]);
    const begun = new Map<Lab, LessonRun>();
    const waiting = async ({ plan, isSecond }: PlannedRun): Promise<Lab | undefined> => {
      if (isSecond) return undefined;
      const play = await options.rehearsal?.take(plan.selection.lesson);
      if (play !== undefined) begun.set(play.lab, play);
      return play?.lab;
    };
    const secondLab = ({ plan }: PlannedRun) => {
      const { id } = plan.selection.lesson;
      if (!triedAgain.includes(id)) triedAgain.push(id);
    };
    const accepts = !options.check && options.once !== true;
    const pairs = new Map(toPlay.map((plan) => [plan, new TwoRuns(plan.selection.lesson)]));
    const firstRun = (plan: Plan) => ({ plan, isSecond: false, spec: plan.spec });
    const secondRun = (plan: Plan) => ({ plan, isSecond: true, spec: plan.spec });
    // What is known to need a second run gets it at once, beside the first one.
    const twice = new Set(accepts ? toPlay.filter(hasUnrecorded) : []);
    const runs: PlannedRun[] = toPlay.flatMap((plan) =>
      twice.has(plan) ? [firstRun(plan), secondRun(plan)] : [firstRun(plan)],
    );
    const jobs = twice.size > 0 ? Math.max(options.jobs, 2) : options.jobs;
    const firsts = new Map<Plan, FirstRun>();
    const decide = (plan: Plan, verdict: Verdict | undefined) => {
      const { id: lesson, file } = plan.selection.lesson;
      const first = firsts.get(plan);
      if (verdict === undefined || first === undefined) return;
      const { changes, removed, took } = first;
      if (verdict.kind === 'accepted') {
        const isChanged = changes.length > 0 || removed.length > 0;
        if (isChanged) files.set(lesson, first.files);
        const kind = isChanged ? 'changed' : 'as recorded';
        results.set(plan, { kind, lesson, file, changes, removed, took });
      } else if (verdict.kind === 'noisy') results.set(plan, { ...verdict, lesson, file, took });
      else results.set(plan, { ...verdict, lesson, file });
    };
    const labs = new Map<PlannedRun, Lab>();
    const typed = new Map<Lab, Place>();
    const place = (run: PlannedRun) => {
      const lab = labs.get(run);
      return lab && typed.get(lab);
    };
    const needless = ({ plan, isSecond }: PlannedRun) =>
      isSecond && pairs.get(plan)?.isDecided === true;
    const queue = new LabQueue(runs, { ...options, jobs, waiting, secondLab, place, needless });
    await queue.run(
      async (run, lab): Promise<FirstRun | undefined> => {
        const { plan, isSecond } = run;
        labs.set(run, lab);
        const { lesson, steps } = plan.selection;
        const upTo = steps?.at(-1);
        const name = isSecond ? `${lesson.id}, second run` : lesson.id;
        const onStep = (step: Step) => {
          if (isSecond && pairs.get(plan)?.isDecided) throw new Needless();
          options.report(`${name}: ${step.id}`);
        };
        const onCommand = ({ line, lines: [command = ''] }: Command) =>
          void typed.set(lab, { file: lesson.file, line, command });
        const play =
          begun.get(lab) ??
          (await plays.LessonRun.begin(options.asPlayed?.(lesson) ?? lesson, lab));
        try {
          const all = await runToEnd(play, {
            ...(upTo !== undefined && { upTo }),
            onStep,
            onCommand,
          });
          const played = all.filter(({ step }) => steps?.includes(step.id) ?? true);
          const found = await outcome(played, plan.before, lab.facts, today());
          return { ...found, played, took: tookOf(played) };
        } catch (error) {
          if (error instanceof Needless) return undefined;
          throw error;
        }
      },
      async ({ plan, isSecond }, run) => {
        const pair = pairs.get(plan);
        if (run === undefined || pair === undefined) return;
        if (isSecond) {
          decide(plan, await pair.secondRan(run.played));
          return;
        }
        firsts.set(plan, run);
        const verdict = accepts ? await pair.firstRan(run) : { kind: 'accepted' as const };
        decide(plan, verdict);
        if (verdict === undefined && !twice.has(plan)) queue.add(secondRun(plan));
      },
      async ({ plan, isSecond }, failure) => {
        const { id: lesson, file } = plan.selection.lesson;
        const pair = pairs.get(plan);
        if (isSecond) decide(plan, await pair?.secondRan(failure));
        else {
          pair?.giveUp();
          results.set(plan, { kind: 'failed', lesson, file, failure });
        }
      },
    );
  }
  return {
    results: plan.flatMap((item) => (item.plays ? (results.get(item) ?? []) : asRecorded(item))),
    triedAgain,
    files,
  };
}

/** Of several jobs none is left alone with a long lesson at the end: what took longest when it was recorded comes first. */
function inPlayOrder(plan: readonly Plan[], jobs: number): readonly Plan[] {
  if (jobs === 1) return plan;
  return plan.toSorted((a, b) => recordedMs(b.before) - recordedMs(a.before));
}

/** Milliseconds that the commands of a lesson took when they were recorded. */
function recordedMs({ proof }: LessonRecording): number {
  const commands = Object.values(proof?.steps ?? {}).flatMap((step) => step.commands);
  return commands.reduce((sum, { ms }) => sum + ms, 0);
}

function tookOf(played: readonly StepRun[]): Took {
  return new Map(
    played.map(({ step, commands }) => [step.id, commands.reduce((sum, { ms }) => sum + ms, 0)]),
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
