import type { CommandProof, StepProof } from './proof.ts';

/** A command that a screen shows, and what it printed there. */
export interface CommandOutput extends Pick<CommandProof, 'typed' | 'exit'> {
  /** Index of the command in the proof of its step. */
  readonly index: number;
  readonly output: readonly string[];
}

/** What each command of a step printed, for those whose typing its screen shows. */
export function outputsOf({ commands }: Pick<StepProof, 'commands'>, screen: string) {
  const lines = screen.split('\n');
  const shown = commands.flatMap(({ typed, exit, shown: at }, index) =>
    at === null ? [] : [{ index, typed, exit, ...at }],
  );
  return shown.map(({ index, typed, exit, to }, at): CommandOutput => ({
    ...{ index, typed, exit },
    output: lines.slice(to, shown[at + 1]?.from),
  }));
}
