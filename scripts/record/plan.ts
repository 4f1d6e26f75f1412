import type { Lab, LabSpec } from '../lab/index.ts';
import { readCommitted, type Committed } from './committed.ts';
import type { Selection } from './lessons.ts';
import type { PlayedStep } from './step.ts';
import type { LessonResult, RecordOptions, Took } from './record.ts';
import type { Play } from './play.ts';
import { inShard, type Shard } from './shard.ts';
import type { LessonFiles } from './write.ts';

/** What becomes of one lesson in a run. */
export interface Plan {
  readonly selection: Selection;
  readonly before: Committed;
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
      const before = await readCommitted(selection.lesson, recordings);
      const plays = all || isPending(selection, before);
      return { selection, before, plays, spec: selection.lesson.frontMatter };
    }),
  );
}

function isPending({ steps }: Selection, { pending, leftOver }: Committed): boolean {
  if (steps !== undefined) return steps.some((id) => pending.has(id));
  return pending.size > 0 || leftOver.length > 0;
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
    const { lesson, pending: steps, damage } = item.before;
    const leftOver = item.selection.steps === undefined ? item.before.leftOver : [];
    if (steps.size === 0 && leftOver.length === 0) return asRecorded(item);
    return { kind: 'pending', lesson: lesson.id, file: lesson.file, steps, damage, leftOver };
  });
  return { results, triedAgain: [], files: new Map() };
}

/** Plays those lessons of a plan that are to be played. Of an interrupted run some results are missing. */
export async function play(plan: readonly Plan[], options: RecordOptions): Promise<Played> {
  const toPlay = inPlayOrder(plan, options.jobs).filter(({ plays }) => plays);
  const results = new Map<Plan, LessonResult>();
  const triedAgain: string[] = [];
  const files = new Map<string, LessonFiles>();
  if (toPlay.length > 0) {
    // Terminals and the way to an Engine take longest to load: a run with nothing to play does without.
    const [{ LabQueue }, plays, { goOnToEnd }, { outcome }] = await Promise.all([
      import('./lab-queue.ts'),
      import('./play.ts'),
      import('./go-on.ts'),
      import('./outcome.ts'),
    ]);
    const begun = new Map<Lab, Play>();
    const waiting = async ({ selection: { lesson } }: Plan): Promise<Lab | undefined> => {
      const play = await options.rehearsal?.take(lesson);
      if (play !== undefined) begun.set(play.lab, play);
      return play?.lab;
    };
    const secondLab = ({ selection: { lesson } }: Plan) => void triedAgain.push(lesson.id);
    await new LabQueue(toPlay, { ...options, waiting, secondLab }).run(
      async ({ selection: { lesson, steps }, before }, lab) => {
        const upTo = steps?.at(-1);
        const play =
          begun.get(lab) ?? (await plays.Play.begin(options.asPlayed?.(lesson) ?? lesson, lab));
        const played = await goOnToEnd(play, {
          ...(upTo !== undefined && { upTo }),
          onStep: (step) => options.report(`${lesson.id}: ${step.id}`),
        });
        const only = played.filter(({ step }) => steps?.includes(step.id) ?? true);
        return { ...(await outcome(only, before, lab.facts, today())), took: tookOf(only) };
      },
      (item, { changes, removed, took, files: changed }) => {
        const { id: lesson, file } = item.selection.lesson;
        const isChanged = changes.length > 0 || removed.length > 0;
        if (isChanged) files.set(lesson, changed);
        const kind = isChanged ? 'changed' : 'as recorded';
        results.set(item, { kind, lesson, file, changes, removed, took });
      },
      (item, failure) => {
        const { id: lesson, file } = item.selection.lesson;
        results.set(item, { kind: 'failed', lesson, file, failure });
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
function recordedMs({ proof }: Committed): number {
  const commands = Object.values(proof?.steps ?? {}).flatMap((step) => step.commands);
  return commands.reduce((sum, { ms }) => sum + ms, 0);
}

function tookOf(played: readonly PlayedStep[]): Took {
  return new Map(
    played.map(({ step, commands }) => [step.id, commands.reduce((sum, { ms }) => sum + ms, 0)]),
  );
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
