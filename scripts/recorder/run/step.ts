import {
  ROWS,
  stepsOf,
  type Command,
  type Lesson,
  type Step,
} from '../../../src/core/lesson/model.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import type { Cast } from '../../../src/core/recording/cast.ts';
import { showsIds } from '../../../src/core/recording/identity.ts';
import { lessonMasks } from '../../../src/core/recording/masks.ts';
import { commandAfter, runStep } from '../../../src/core/run/run-step.ts';
import type { StepResult } from '../../../src/core/run/step-result.ts';
import type { Session } from '../../../src/core/session/session.ts';
import type { Lab } from '../../lab/index.ts';
import { secretFault } from '../secrets/secret-fault.ts';
import { RunFailure } from './failure.ts';
import { stepProblem } from './step-problem.ts';
import { LAST_LOOK, paced } from './pace.ts';
import { takePicture, type Picture } from './picture.ts';
import { SESSION_FOLDER } from './session.ts';

export interface StepRun extends StepResult {
  readonly step: Step;
  readonly cast: Cast;
  readonly picture?: Picture;
}

/**
 * Runs a step in the lesson's session, and takes its cast and its picture.
 * @throws {RunFailure} if it does not do what the lesson expects
 */
export async function recordStep(
  lesson: Lesson,
  step: Step,
  session: Session,
  lab: Lab,
  onCommand?: (command: Command) => void,
): Promise<StepRun> {
  const next = commandAfter(stepsOf(lesson), step.id);
  const result = await runStep(step, session, { next, onCommand });
  const { screen, commands, fault } = result;
  const fail = (problem: Problem, status: 20 | 30 = 20): never => {
    throw new RunFailure(problem, status, screen, step.id);
  };
  if (fault !== undefined) {
    const isLate = fault.kind === 'ended' && fault.how === 'timeout';
    fail(stepProblem(lesson, step, fault, result), isLate ? 30 : 20);
  }
  const place = { file: lesson.file, line: step.line };
  const status = commands.findLast(({ exit }) => exit !== null)?.exit ?? 0;
  const cast = toCast(lesson, step, session, status);
  const leak = await secretFault(step, screen, cast);
  if (leak !== undefined) return fail({ ...place, ...leak });
  const { chance } = step.options;
  if (chance !== undefined && !showsIds(screen, lessonMasks(lesson)))
    return fail({
      ...place,
      title: 'the step says chance, but shows no id',
      found: `chance=${JSON.stringify(chance)}`,
      hint: 'remove chance',
    });

  const wanted = step.options.picture;
  const picture = wanted && (await takePicture(lab, `${SESSION_FOLDER}/${wanted.file}`));
  if (picture !== undefined && 'title' in picture) return fail({ ...place, ...picture });
  return { ...result, step, cast, ...(picture && { picture }) };
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
