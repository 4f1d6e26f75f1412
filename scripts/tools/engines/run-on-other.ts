import { nameOf } from '../../../src/core/lesson/id.ts';
import type { Lesson } from '../../../src/core/lesson/model.ts';
import { RunFailure, type Failure } from '../../recorder/run/failure.ts';
import type { RecordOptions } from '../../recorder/options.ts';
import { record } from '../../recorder/record.ts';
import { details } from '../../recorder/report/text.ts';
import { commandDifferences, type CommandDifference } from './commands.ts';
import type { EngineReport } from './report.ts';
import { withoutExpectations } from './without-expectations.ts';

/** Maximum number of failing steps that are left out of a lesson so that the others can run. */
const LEFT_OUT_LIMIT = 3;

export type OtherRun = Pick<EngineReport, 'finished' | 'differences' | 'failed'>;

/**
 * Runs lessons without their expectations on the Engine of `LAB_IMAGE`. A step that cannot run
 * there is left out and its lesson is run again, so that the other steps can still be compared.
 * @returns the status and the messages of `record` if nothing could be compared
 */
export async function runOnOther(
  lessons: readonly Lesson[],
  options: Omit<RecordOptions, 'names' | 'all' | 'check' | 'asRun'>,
): Promise<OtherRun | { readonly status: number; readonly said: readonly string[] }> {
  const without = new Set<string>();
  const asRun = (lesson: Lesson): Lesson => ({
    ...withoutExpectations(lesson),
    blocks: withoutExpectations(lesson).blocks.filter(
      (block) => block.kind === 'file' || !without.has(nameOf(lesson.id, block.id)),
    ),
  });
  const failed: EngineReport['failed'][number][] = [];
  const ended = new Map<string, readonly CommandDifference[]>();
  let names = lessons.map(({ id }) => id);
  for (let round = 0; round <= LEFT_OUT_LIMIT && names.length > 0; round++) {
    const result = await record({ ...options, names, all: true, check: true, asRun });
    if (![0, 10, 20, 30].includes(result.status))
      return { status: result.status, said: details(result) };
    names = [];
    for (const one of result.lessons) {
      const { failure, changes, source } = one;
      if (failure === undefined) {
        const differences = changes.flatMap((change) =>
          'difference' in change
            ? commandDifferences(source.lesson, change.step, change.before, change.after)
            : [],
        );
        ended.set(one.lesson, differences);
        continue;
      }
      const step = failure instanceof RunFailure ? failure.step : undefined;
      failed.push({ lesson: one.lesson, ...(step !== undefined && { step }), why: why(failure) });
      if (step === undefined) continue;
      without.add(nameOf(one.lesson, step));
      names.push(one.lesson);
    }
  }
  const finished = lessons.map(({ id }) => id).filter((id) => ended.has(id));
  return { finished, differences: finished.flatMap((id) => ended.get(id) ?? []), failed };
}

function why(failure: Failure): string {
  if (!(failure instanceof RunFailure)) return failure.message;
  const { title, expected, found } = failure.problem;
  const wanted = expected === undefined ? '' : `; expected ${expected}`;
  const got = found === undefined ? '' : `, got ${found}`;
  return `${title}${wanted}${got}`;
}
