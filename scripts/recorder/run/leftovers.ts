import type { Lesson } from '../../../src/core/lesson/model.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import {
  createdBy,
  keptAfter,
  leftIn,
  type LabState,
  type Leftovers,
} from '../../../src/core/recording/leftovers.ts';
import type { Lab, LabProcesses } from '../../lab/index.ts';
import { RunFailure } from './failure.ts';
import { labState } from './lab-state.ts';
import { ENVIRONMENT, SESSION_FOLDER } from './session.ts';

/** Takes a new shell to the folder in which a lesson begins; a failing command ends it. */
const NEW_SHELL = `cd ${SESSION_FOLDER} && set -e\n`;

/**
 * Finds out what a lesson leaves behind, derives the commands that remove it, runs them, and looks
 * again. The lab is then as it was before the lesson.
 * @param before what the lab held before the first step
 * @throws {RunFailure} if something is left that no command removes
 */
export async function removeLeftovers(
  lesson: Lesson,
  lab: Lab,
  before: LabState,
): Promise<Leftovers> {
  const fail = (problem: Pick<Problem, 'title' | 'expected' | 'found' | 'hint'>): never => {
    throw new RunFailure({ file: lesson.file, line: 1, ...problem }, 20, '');
  };
  const requireNothing = (left: readonly string[], commands: readonly string[]) => {
    if (left.length > 0)
      fail({
        title: 'the lesson leaves something that the commands of its clean-up do not remove',
        expected: `nothing after ${commands.join('; ') || 'the last step'}`,
        found: left.join(', '),
        hint: 'remove it in the last step of the lesson, or give it a name',
      });
  };
  const run = async (commands: readonly string[]) => {
    const { command, said } = (await firstFailing(lab, commands)) ?? {};
    if (command === undefined) return;
    fail({
      title: `\`${command}\` of the clean-up fails`,
      expected: 'exit status 0',
      found: said ?? '',
      hint: 'remove what it is about in the last step of the lesson',
    });
  };
  const look = async (): Promise<LabState> => {
    const state = await labState(lab);
    return 'why' in state
      ? fail({
          title: 'what the lesson leaves cannot be found out',
          found: state.why,
          hint: 'let the lesson end with an Engine that runs and a valid ~/.docker/config.json',
        })
      : state;
  };
  const base = lab.facts.images;
  const { nameless, names, commands } = createdBy(before, await look(), base);
  if (nameless.length > 0)
    fail({
      title: 'the lesson leaves something that its readers cannot name',
      found: nameless.join(', '),
      hint: 'start it with --name or --rm, or remove it in the last step of the lesson',
    });
  await run(commands);
  const now = await look();
  requireNothing(leftIn(before, now, names), commands);
  const kept = keptAfter(before, now, base);
  await run(kept.map(({ command }) => command));
  const all = [...commands, ...kept.map(({ command }) => command)];
  if (kept.length > 0) requireNothing(leftIn(before, await look()), all);
  else requireNothing(leftIn(before, now), all);
  return { names, commands, kept };
}

async function firstFailing(
  lab: LabProcesses,
  commands: readonly string[],
): Promise<{ readonly command: string; readonly said: string } | undefined> {
  for (const command of commands) {
    const shell = ['env', '-i', ...ENVIRONMENT, 'bash', '-s'];
    const { status, stderr } = await lab.run(shell, `${NEW_SHELL}${command}\n`);
    if (status !== 0) return { command, said: stderr.trim() || `exit status ${status}` };
  }
  return undefined;
}
