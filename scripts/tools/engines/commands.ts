import { ownMasks } from '../../../src/core/recording/masks.ts';
import { sameScreen } from '../../../src/core/recording/compare.ts';
import type { Lesson } from '../../../src/core/lesson/model.ts';
import type { Change, Shown } from '../../recorder/compare/outcome.ts';
import { maskedDifference } from '../../recorder/report/difference.ts';

/** A command that prints something else, or ends otherwise, with another Engine. */
export interface CommandDifference {
  readonly lesson: string;
  readonly step: string;
  /** As it was typed. */
  readonly command: string;
  /** Lines of a unified diff, masked: `-` as recorded, `+` with the other Engine. */
  readonly difference: readonly string[];
  /** Its status then and now, where they differ. */
  readonly exits?: readonly [number | null, number | null];
}

/** The commands of a step that make the difference. */
export function commandDifferences(
  lesson: Lesson,
  { step, before, after }: Change,
): CommandDifference[] {
  if (before === undefined) return [];
  const own = ownMasks(lesson);
  const [old, now] = [outputsOf(before), outputsOf(after)];
  return Array.from({ length: Math.max(old.length, now.length) }).flatMap((_, index) => {
    const [was, is] = [old[index], now[index]];
    const [one, other] = [was?.output ?? '', is?.output ?? ''];
    const exits = [before.exits[index] ?? null, after.exits[index] ?? null] as const;
    const otherExit = exits[0] !== exits[1];
    if (sameScreen(one, other, own) && !otherExit) return [];
    return [
      {
        lesson: lesson.id,
        step,
        command: was?.typed ?? is?.typed ?? '',
        difference: maskedDifference(one, other, own),
        ...(otherExit && { exits }),
      },
    ];
  });
}

/** What a screen shows of each command: its typed lines, and what follows up to the next one. */
function outputsOf({ screen, typed }: Shown): { typed: string; output: string }[] {
  const lines = screen.split('\n');
  return typed.map((place, index) => {
    if (place === null) return { typed: '', output: '' };
    const next = typed.slice(index + 1).find((later) => later !== null);
    return {
      typed: lines.slice(place.from, place.to).join('\n'),
      output: lines.slice(place.to, next?.from).join('\n'),
    };
  });
}
