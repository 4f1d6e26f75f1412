import { nameOf } from '../../../src/core/lesson/id.ts';
import type { CommandDifference } from './commands.ts';

/** One difference, wherever it was seen. */
export interface Group {
  /** As it was typed. */
  readonly command: string;
  readonly difference: readonly string[];
  readonly exits?: CommandDifference['exits'];
  /** `LESSON#STEP`, in the order of the lessons. */
  readonly places: readonly string[];
  /** Nothing but empty lines came or went. */
  readonly emptyLinesOnly: boolean;
}

/** The same difference of the same command is told once. */
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

/** A line of a difference that is the same in both, or empty in the one that has it. */
function isCalm(line: string): boolean {
  return !/^[-+]/.test(line) || line.slice(1).trim() === '';
}
