import { screenText } from '../recording/screen.ts';
import type { NamedMask } from '../recording/masks.ts';
import type { LabStep } from './lab-steps.ts';
import { judge, type Verdict } from '../recording/verdict.ts';
import type { CommandEnd, Session } from '../session/session.ts';

/** How a step came out in the reader's tab. */
export type StepResult =
  | Verdict
  /** A command ended with another status. */
  | { readonly kind: 'status'; readonly wanted: number; readonly got: number }
  /** A command did not end as commands do, or its reader was not there. */
  | {
      readonly kind: 'ended';
      readonly how: Exclude<CommandEnd['kind'], 'prompt' | 'open'> | 'reader';
    };

/** An emulated machine takes longer than the one for which a lesson's time-outs were chosen. */
const SLOWER = 6;

/** Types a step's commands into the session, and holds what happens against the lesson. */
export async function playStep(
  { commands, options, recorded }: LabStep,
  session: Session,
  own: readonly NamedMask[],
): Promise<StepResult> {
  await session.beginStep(options.cols);
  const lastTyped = commands.findLastIndex(({ reader }) => reader === 'session');
  let owner = -1;
  // As in the recorder: `exit=` speaks of the last `$` command, or of the one that was open before.
  const wrongStatus = (status: number): StepResult | undefined => {
    const wanted = owner === lastTyped ? options.exit : 0;
    return wanted === 'any' || status === wanted
      ? undefined
      : { kind: 'status', wanted, got: status };
  };
  for (const [index, command] of commands.entries()) {
    const ended = session.takeEnded();
    const fault = ended && wrongStatus(ended.status);
    if (fault !== undefined) return fault;
    const isForSession = command.reader === 'session';
    if (isForSession !== (session.openProgram === undefined))
      return { kind: 'ended', how: 'reader' };
    if (isForSession) owner = index;
    const end = await session.type(command, {
      timeout: options.timeout * 1000 * SLOWER,
      ...(index === commands.length - 1 && options.until && { until: options.until }),
      closes: commands[index + 1]?.reader === 'session',
    });
    if (end.kind !== 'prompt' && end.kind !== 'open') return { kind: 'ended', how: end.kind };
    const wrong = end.kind === 'prompt' ? wrongStatus(end.status) : undefined;
    if (wrong !== undefined) return wrong;
  }
  session.take.close();
  const typed = await session.take.shown();
  const screen = screenText(await session.take.screen());
  return judge({ options }, { screen, typed }, recorded, own);
}

/** How a step came out that is not as the lesson wants. */
export type StepFault = Exclude<StepResult, { kind: 'same' | 'fits' }>;

/** Whether a step came out as the lesson wants. */
export function isDone(result: StepResult): result is Exclude<StepResult, StepFault> {
  return result.kind === 'same' || result.kind === 'fits';
}
