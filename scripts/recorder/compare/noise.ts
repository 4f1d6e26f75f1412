import type { Lesson } from '../../../src/core/lesson/model.ts';
import { lessonMasks, type NamedMask } from '../../../src/core/recording/masks.ts';
import {
  isOfLab,
  isSameScreen,
  type Change,
  type Noise,
  type NoisyStep,
  type OtherScreen,
} from './change.ts';
import { textNoise } from './mask-suggestion.ts';

/** Ids of the steps that are accepted only if a second run shows the same. */
export function unconfirmed(changes: readonly Change[]): Set<string> {
  return new Set(
    changes.flatMap((change) => ('after' in change && !isSameScreen(change) ? [change.step] : [])),
  );
}

/** Whether changes are accepted only if a second run shows the same. */
export function needSecondRun(changes: readonly Change[]): boolean {
  return unconfirmed(changes).size > 0 || changes.some(isOfLab);
}

/** A difference of two runs as noise, located at the command that printed it. */
export function asNoise(change: OtherScreen, lesson: Lesson): NoisyStep {
  // The help of a command is located where a lesson uses the command.
  const line = change.file === lesson.file ? lineOf(change) : undefined;
  return {
    ...change,
    kind: 'noise',
    line: line ?? change.line,
    noise: noiseOf(change, lessonMasks(lesson)),
  };
}

/** Line of the command that ended in two ways, or that printed the first line that differs. */
function lineOf({
  after,
  difference: { statuses, text, identity },
}: OtherScreen): number | undefined {
  const { commands } = after.step;
  const [ended] = statuses;
  if (ended !== undefined) return commands[ended]?.line;
  const parts = text?.parts ?? [];
  const at = parts.findIndex(({ isSame }) => !isSame);
  // Lines that are missing at the end were printed by the command of the last one that is there.
  const first = parts[at]?.after[0] ?? parts[at + 1]?.after[0] ?? parts[at - 1]?.after.at(-1);
  const line = first?.line ?? identity?.[0]?.later.after.line ?? 0;
  const typed = after.commands.findLastIndex(({ shown }) => shown !== null && shown.from <= line);
  return commands[typed]?.line;
}

function noiseOf(
  { before, after, difference: { statuses, text, identity, appearance, picture } }: OtherScreen,
  masks: readonly NamedMask[],
): Noise {
  if (statuses.length > 0) return { kind: 'status' };
  if (picture !== undefined) return { kind: 'picture' };
  if (identity !== undefined && text === undefined) return { kind: 'identity' };
  if (appearance !== undefined) return { kind: 'appearance' };
  return text ? textNoise(before.screen, after.screen, text, masks) : { kind: 'other' };
}
