import { readRecording, type LessonRecording } from '../../src/store/recordings.ts';
import { readVariant } from '../../src/store/variants.ts';
import type { RecordOptions } from './options.ts';
import { locatorOf, pendingChanges, removedFiles } from './compare/change.ts';
import type { LessonResult, Source } from './result.ts';
import { inShard, type Shard } from './shard.ts';

/** Whether a lesson is run, and what is recorded of it. */
export interface Plan {
  readonly source: Source;
  readonly before: LessonRecording;
  readonly isRun: boolean;
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
      return { source, before, isRun: all || withoutRun({ source, before }).kind === 'pending' };
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
export function withoutRun({ source, before }: Pick<Plan, 'source' | 'before'>): LessonResult {
  const changes = [
    ...pendingChanges(before, source.steps, locatorOf(before)),
    ...(source.isWhole ? removedFiles(before) : []),
  ];
  const kind = changes.length > 0 ? 'pending' : 'as recorded';
  return { lesson: source.lesson.id, source, kind, changes, durations: new Map() };
}

/** How long the commands of a lesson took when they were recorded, in milliseconds. */
function recordedMs({ before: { proof } }: Plan): number {
  const commands = Object.values(proof?.steps ?? {}).flatMap((step) => step.commands);
  return commands.reduce((sum, { ms }) => sum + ms, 0);
}
