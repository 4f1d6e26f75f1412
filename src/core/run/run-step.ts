import type { Command, Step } from '../lesson/model.ts';
import { checkScreen } from '../recording/expectations.ts';
import { screenText } from '../recording/screen.ts';
import type { Session } from '../session/session.ts';
import type { StepFault, StepResult } from './step-result.ts';

/** How to run a step. */
export interface RunStepOptions {
  /** The command that the lesson types after the step; undefined after the last one. */
  readonly next: Command | undefined;
  /** Factor for timeouts, because an emulated machine is slower; 1 if absent. */
  readonly slowdown?: number;
  /** Called before each command. */
  readonly onCommand?: ((command: Command) => void) | undefined;
}

/** How a typed command ended; `exit` is null if it is still open. */
interface Ended {
  readonly exit: number | null;
  /** Milliseconds. */
  readonly ms: number;
}

/**
 * Types the commands of a step into the session, up to the first one that does not do what the
 * lesson expects, and compares the screen with the step's expectations.
 */
export async function runStep(
  step: Pick<Step, 'commands' | 'options'>,
  session: Session,
  options: RunStepOptions,
): Promise<StepResult> {
  const ended: Ended[] = [];
  await session.beginStep(step.options.cols);
  const fault = await typeCommands(step, session, options, ended);
  const { take } = session;
  if (fault === undefined) take.close();
  const screen = screenText(await take.screen());
  const shown = await take.shown();
  const commands = ended.map((end, index) => ({
    typed: step.commands[index]?.lines.join('\n') ?? '',
    ...end,
    shown: shown[index] ?? null,
  }));
  const { measured, unmet } = checkScreen(step, screen, commands);
  const result = { commands, screen, measured };
  if (fault !== undefined) return { ...result, fault };
  const last = ended.length - 1;
  if (take.isFull) return { ...result, fault: { kind: 'ended', command: last, how: 'full' } };
  return unmet.length === 0 ? result : { ...result, fault: { kind: 'unmet', unmet } };
}

/** @param ended receives the result of each typed command */
async function typeCommands(
  { commands, options }: Pick<Step, 'commands' | 'options'>,
  session: Session,
  { next, slowdown = 1, onCommand }: RunStepOptions,
  ended: Ended[],
): Promise<StepFault | undefined> {
  const lastTyped = commands.findLastIndex(({ reader }) => reader === 'session');
  let owner = -1;
  let hasStatus = false;
  // exit= applies to the last $ command or, in a step without one, to the one left open before.
  const wrongStatus = (command: number, got: number, program?: string): StepFault | undefined => {
    const wanted = owner === lastTyped ? options.exit : 0;
    if (wanted === 'any' || got === wanted) return undefined;
    return { kind: 'status', command, wanted, got, ...(program !== undefined && { program }) };
  };
  for (const [index, command] of commands.entries()) {
    const open = session.openProgram;
    const gone = session.takeEnded();
    const wrongBefore = gone && wrongStatus(index, gone.status, gone.program);
    if (wrongBefore !== undefined) return wrongBefore;
    const isForSession = command.reader === 'session';
    if (isForSession !== (open === undefined)) {
      const found = { ...(open && { open }), ...(gone && { ended: gone }) };
      return { kind: 'ended', command: index, how: 'reader', ...found };
    }
    if (isForSession) owner = index;
    const isLast = index === commands.length - 1;
    const closes = (commands[index + 1] ?? next)?.reader !== 'program';
    onCommand?.(command);
    const started = performance.now();
    const end = await session.type(command, {
      timeout: options.timeout * 1000 * slowdown,
      ...(isLast && options.until && { until: options.until }),
      closes,
    });
    const ms = Math.round(performance.now() - started);
    ended.push({ exit: end.how === 'prompt' ? end.status : null, ms });
    if (end.how === 'prompt') {
      hasStatus ||= owner === lastTyped;
      const wrong = wrongStatus(index, end.status);
      if (wrong !== undefined) return wrong;
    } else if (end.how !== 'open') return { kind: 'ended', command: index, ...end };
    else if (closes) {
      const waiting = session.openProgram ?? { program: end.program, isSession: false };
      return { kind: 'ended', command: index, how: 'open', open: waiting };
    }
  }
  const { exit } = options;
  if (exit === 'any' || exit === 0 || hasStatus || commands.length === 0) return undefined;
  const open = session.openProgram;
  const command = Math.max(lastTyped, 0);
  return { kind: 'ended', command, how: 'unended', wanted: exit, ...(open && { open }) };
}

/** The first command that a lesson types after a step. */
export function commandAfter(
  steps: readonly Pick<Step, 'id' | 'commands'>[],
  id: string,
): Command | undefined {
  return steps[steps.findIndex((step) => step.id === id) + 1]?.commands[0];
}
