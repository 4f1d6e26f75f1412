import { lessonMasks } from '../../../src/core/recording/masks.ts';
import { sameScreen } from '../../../src/core/recording/compare.ts';
import type { Lesson } from '../../../src/core/lesson/model.ts';
import { align } from '../../recorder/compare/align.ts';
import { unifiedDiff } from '../../recorder/report/unified-diff.ts';
import type { StepResult } from '../../../src/core/run/step-result.ts';

/** A command whose output or exit status differs with another Engine. */
export interface CommandDifference {
  readonly lesson: string;
  readonly step: string;
  /** As it was typed. */
  readonly command: string;
  /** Lines of a unified diff, masked: `-` as recorded, `+` with the other Engine. */
  readonly difference: readonly string[];
  /** The recorded status and the other one, if they differ. */
  readonly exits?: readonly [number | null, number | null];
}

/**
 * Finds the commands of a step that differ.
 * @param before the recorded result
 * @param after the result with the other Engine
 */
export function commandDifferences(
  lesson: Lesson,
  step: string,
  before: StepResult,
  after: StepResult,
): CommandDifference[] {
  const masks = lessonMasks(lesson);
  const [old, now] = [outputsOf(before), outputsOf(after)];
  return Array.from({ length: Math.max(old.length, now.length) }).flatMap((_, index) => {
    const [was, is] = [old[index], now[index]];
    const [one, other] = [was?.output ?? '', is?.output ?? ''];
    const exits = [before, after].map(({ commands }) => commands[index]?.exit ?? null);
    const [exit = null, otherExit = null] = exits;
    if (sameScreen(one, other, masks) && exit === otherExit) return [];
    return [
      {
        lesson: lesson.id,
        step,
        command: was?.typed ?? is?.typed ?? '',
        difference: unifiedDiff(align(one, other, masks)),
        ...(exit !== otherExit && { exits: [exit, otherExit] as const }),
      },
    ];
  });
}

/** Splits a screen into the typed lines and the output of each command. */
function outputsOf({ screen, commands }: StepResult): { typed: string; output: string }[] {
  const lines = screen.split('\n');
  return commands.map(({ shown }, index) => {
    if (shown === null) return { typed: '', output: '' };
    const next = commands.slice(index + 1).find((later) => later.shown !== null);
    return {
      typed: lines.slice(shown.from, shown.to).join('\n'),
      output: lines.slice(shown.to, next?.shown?.from).join('\n'),
    };
  });
}
