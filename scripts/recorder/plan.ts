import { pendingSteps, readRecording, type LessonRecording } from '../../src/store/recordings.ts';
import { readVariant, readVariants } from '../../src/store/variants.ts';
import type { RecordOptions } from './options.ts';
import { locatorOf, pendingChanges, removedFiles } from './compare/change.ts';
import { listUpdates, lostQuote, type ListUpdate } from './compare/quotes.ts';
import type { LessonResult, Source } from './result.ts';
import type { RunFailure } from './run/failure.ts';
import { inShard, type Shard } from './shard.ts';

/** Whether a lesson is run, and what is recorded of it. */
export interface Plan {
  readonly source: Source;
  readonly before: LessonRecording;
  readonly isRun: boolean;
  /** The proofs whose lists of quotes are not those of the prose; found without a run. */
  readonly lists: readonly ListUpdate[];
  /** The first quote that a recorded screen does not show, although its proof lists it. */
  readonly lost: RunFailure | undefined;
}

/** Compares lessons with their recordings. With `all`, runs also what is up to date. */
export async function makePlan(
  sources: readonly Source[],
  { all, recordings, engine }: Pick<RecordOptions, 'all' | 'recordings' | 'engine'>,
): Promise<Plan[]> {
  return Promise.all(
    sources.map(async (source) => {
      const reference = await readRecording(source.lesson, recordings);
      const before =
        engine === undefined ? reference : await readVariant(reference, engine.name, recordings);
      const whole = [before, ...(engine ? [] : await readVariants(before, recordings))].filter(
        (recording) => source.isWhole && pendingSteps(recording).size === 0,
      );
      const [lost] = whole.flatMap((recording) => lostQuote(recording, source) ?? []);
      const lists = lost ? [] : whole.flatMap((recording) => listUpdates(recording, source));
      const item = { source, before, lists, lost };
      return { ...item, isRun: all || withoutRun(item).kind === 'pending' };
    }),
  );
}

/** This machine's share of a plan; all of it if there is only one machine. */
export function shareOf(plan: readonly Plan[], shard: Shard | undefined): readonly Plan[] {
  return shard === undefined ? plan : inShard(plan, recordedMs, shard);
}

/**
 * The lessons of a plan that are run. Of several jobs none is left alone with a long one at the
 * end.
 */
export function inRunOrder(plan: readonly Plan[], jobs: number): readonly Plan[] {
  const run = plan.filter(({ isRun }) => isRun);
  return jobs === 1 ? run : run.toSorted((a, b) => recordedMs(b) - recordedMs(a));
}

/**
 * Whether a step that is asked for has no recording of its present source: then it is run twice.
 */
export function hasUnrecorded({ source, before }: Plan): boolean {
  return source.steps.some(({ id }) => before.steps.get(id)?.state !== 'recorded');
}

/** The result of a lesson that is not run. */
export function withoutRun({ source, before, lists, lost }: Omit<Plan, 'isRun'>): LessonResult {
  const of = { lesson: source.lesson.id, source, durations: new Map() };
  const changes = [
    ...pendingChanges(before, source.steps, locatorOf(before)),
    ...(source.isWhole ? removedFiles(before) : []),
  ];
  if (changes.length > 0) return { ...of, kind: 'pending', changes };
  if (lost !== undefined) return { ...of, kind: 'failed', failure: lost, changes: [] };
  const kind = lists.length > 0 ? 'changed' : 'as recorded';
  return { ...of, kind, changes: lists.map(({ change }) => change) };
}

/** How long the commands of a lesson took when they were recorded, in milliseconds. */
function recordedMs({ before: { proof } }: Plan): number {
  const commands = Object.values(proof?.steps ?? {}).flatMap((step) => step.commands);
  return commands.reduce((sum, { ms }) => sum + ms, 0);
}
