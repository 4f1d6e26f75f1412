import type { Lesson } from '../../../src/core/lesson/model.ts';
import type { Engine } from '../../../src/core/recording/engines.ts';
import { UsageError } from '../../../src/store/selection.ts';
import { readRecording, recordedSteps } from '../../../src/store/recordings.ts';
import { readVariant } from '../../../src/store/variants.ts';
import { asRun } from '../../recorder/compare/compare.ts';
import { commandDifferences } from './commands.ts';
import type { EngineReport } from './report.ts';

/**
 * What another Engine prints differently in some lessons, by their recordings.
 * @param recordings the recordings folder
 * @throws {UsageError} if a lesson has none of this Engine
 */
export async function recordedOnOther(
  lessons: readonly Lesson[],
  { name }: Engine,
  recordings: string,
): Promise<EngineReport> {
  const versions = { recorded: new Set<string>(), other: new Set<string>() };
  const differences = [];
  for (const lesson of lessons) {
    const reference = await readRecording(lesson, recordings);
    const variant = await readVariant(reference, name, recordings);
    if (reference.proof === undefined || variant.proof === undefined)
      throw new UsageError(
        `${lesson.id} is not recorded with Engine ${name}`,
        `npm run record -- --engine ${name} ${lesson.id}`,
      );
    versions.recorded.add(reference.proof.lab.engine);
    versions.other.add(variant.proof.lab.engine);
    const before = recordedSteps(reference);
    for (const [id, after] of recordedSteps(variant)) {
      const was = before.get(id);
      if (was === undefined || !variant.differs.has(id)) continue;
      const runs = [asRun(was.step, was), asRun(after.step, after)] as const;
      differences.push(...commandDifferences(lesson, id, ...runs));
    }
  }
  return {
    recorded: [...versions.recorded].sort().join(', '),
    other: [...versions.other].sort().join(', '),
    finished: lessons.map(({ id }) => id),
    differences,
    failed: [],
    leftOut: [],
  };
}
