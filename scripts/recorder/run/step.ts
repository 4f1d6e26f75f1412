import {
  ROWS,
  stepsOf,
  type Command,
  type Lesson,
  type Step,
} from '../../../src/core/lesson/model.ts';
import type { Cast } from '../../../src/core/recording/cast.ts';
import type { CommandProof } from '../../../src/core/recording/proof.ts';
import { measure, unmet, untyped } from '../../../src/core/recording/expectations.ts';
import { lineText, screenText } from '../../../src/core/recording/screen.ts';
import { SCROLLBACK } from '../../../src/core/recording/terminal.ts';
import type { Session } from '../../../src/core/session/session.ts';
import type { Lab } from '../../lab/index.ts';
import { LAST_LOOK, paced } from './pace.ts';
import { takePicture, type Picture } from './picture.ts';
import { failure, leftOpen, noStatus, requireEnd, requireReader, wrongStatus } from './refusals.ts';
import { secretFault } from '../secrets/secret-fault.ts';
import { SESSION_FOLDER } from './session.ts';

/** What came out of playing one step. */
export interface StepRun {
  readonly step: Step;
  readonly cast: Cast;
  readonly screen: string;
  readonly commands: readonly CommandProof[];
  readonly measured: Readonly<Record<string, string>>;
  readonly picture?: Picture;
}

/**
 * Types the commands of a step into the session.
 * @throws {RunFailure} as soon as one does not do what the lesson expects
 */
export async function playStep(
  lesson: Lesson,
  step: Step,
  session: Session,
  lab: Lab,
  onCommand?: (command: Command) => void,
): Promise<StepRun> {
  await session.beginStep(step.options.cols);
  const ends: { exit: number | null; ms: number; isLast: boolean }[] = [];
  const lastTyped = step.commands.findLastIndex(({ reader }) => reader === 'session');
  let owner = -1;
  // exit= speaks of the last $ command, or, in a step without one, of the command that was open before.
  const wantedOfOwner = () => (owner === lastTyped ? step.options.exit : 0);
  for (const [index, command] of step.commands.entries()) {
    await requireReader(lesson, command, session, wantedOfOwner());
    if (command.reader === 'session') owner = index;
    const isLast = index === step.commands.length - 1;
    const next = step.commands[index + 1] ?? nextCommand(lesson, step);
    onCommand?.(command);
    const started = performance.now();
    const end = await session.type(command, {
      timeout: step.options.timeout * 1000,
      ...(isLast && step.options.until && { until: step.options.until }),
      closes: next?.reader !== 'program',
    });
    const ms = Math.round(performance.now() - started);
    await requireEnd(lesson, step, command, end, session);
    if (end.kind === 'open' && next?.reader !== 'program')
      throw await leftOpen(lesson, command, next, session);
    const exit = end.kind === 'prompt' ? end.status : null;
    const wanted = wantedOfOwner();
    if (exit !== null && wanted !== 'any' && exit !== wanted)
      throw await wrongStatus(lesson, command, session, {
        exit,
        wanted,
        isLast: owner === lastTyped,
      });
    ends.push({ exit, ms, isLast: owner === lastTyped });
  }
  const stated = step.options.exit;
  const last = step.commands[Math.max(lastTyped, 0)];
  const hasEnded = ends.some(({ exit, isLast }) => isLast && exit !== null);
  if (stated !== 'any' && stated !== 0 && last !== undefined && !hasEnded)
    throw await noStatus(lesson, last, session, stated);

  session.take.close();
  const screen = await session.take.screen();
  if (session.take.isFull)
    throw await failure(lesson, step.line, session, 20, {
      title: 'the step prints more lines than a recording holds',
      expected: `at most ${SCROLLBACK}`,
      hint: 'let its commands print less, for example with `| tail`, or clear the screen between them',
    });
  const shown = await session.take.shown();
  const output = untyped(screen.lines.map(lineText), shown);
  const { values, missing } = measure(step, output);
  const [fault] = [...unmet(step, output), ...missing];
  if (fault !== undefined)
    throw await failure(lesson, step.line, session, 20, {
      ...fault,
      hint: "fix the step's options or its commands; the screen as it stood is below",
    });
  const text = screenText(screen);
  const status = ends.findLast(({ exit }) => exit !== null)?.exit ?? 0;
  const cast = toCast(lesson, step, session, status);
  const leak = await secretFault(step, text, cast);
  if (leak !== undefined) throw await failure(lesson, step.line, session, 20, leak);

  const wanted = step.options.picture;
  const picture = wanted && (await takePicture(lab, `${SESSION_FOLDER}/${wanted.file}`));
  if (picture !== undefined && 'title' in picture)
    throw await failure(lesson, step.line, session, 20, picture);

  const commands = step.commands.map(({ lines }, index) => ({
    typed: lines.join('\n'),
    exit: ends[index]?.exit ?? null,
    ms: ends[index]?.ms ?? 0,
    shown: shown[index] ?? null,
  }));
  return {
    step,
    cast,
    screen: text,
    commands,
    measured: values,
    ...(picture && { picture }),
  };
}

/** What is typed first after the step. */
function nextCommand(lesson: Lesson, step: Step): Command | undefined {
  const steps = stepsOf(lesson);
  return steps[steps.findIndex(({ id }) => id === step.id) + 1]?.commands[0];
}

function toCast(lesson: Lesson, step: Step, session: Session, status: number): Cast {
  return {
    header: {
      version: 3,
      title: `${lesson.frontMatter.title}: ${step.id}`,
      term: { cols: step.options.cols, rows: ROWS, type: 'xterm-256color' },
      env: { SHELL: '/bin/bash' },
    },
    events: [...paced(session.take.items), [LAST_LOOK, 'x', String(status)]],
  };
}
