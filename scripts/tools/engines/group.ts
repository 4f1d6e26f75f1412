import { nameOf } from '../../../src/core/lesson/id.ts';
import type { CommandDifference } from './commands.ts';

/** One difference, with all places where it occurs. */
export interface Group {
  /** As it was typed. */
  readonly command: string;
  readonly difference: readonly string[];
  readonly exits?: CommandDifference['exits'];
  /** `LESSON#STEP`, in the order of the lessons. */
  readonly places: readonly string[];
  /** Only empty lines were added or removed. */
  readonly emptyLinesOnly: boolean;
}

/** Merges equal differences of the same command. */
export function grouped(differences: readonly CommandDifference[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { lesson, step, command, difference, exits } of differences) {
    const key = JSON.stringify([command, difference, exits]);
    const places = [...(groups.get(key)?.places ?? []), nameOf(lesson, step)];
    groups.set(key, {
      command,
      difference,
      ...(exits && { exits }),
      places: [...new Set(places)],
      emptyLinesOnly: exits === undefined && difference.every(isCalm),
    });
  }
  return [...groups.values()];
}

/** Whether a diff line is unchanged or empty. */
function isCalm(line: string): boolean {
  return !/^[-+]/.test(line) || line.slice(1).trim() === '';
}
