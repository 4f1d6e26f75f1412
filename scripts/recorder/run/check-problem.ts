import type { Step, TaskProof } from '../../../src/core/lesson/model.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import { answerOn, DONE, STILL_MISSING } from '../../../src/core/lesson/task-check.ts';
import type { StepFault } from '../../../src/core/run/step-result.ts';

/** What a wrong answer of the check means, by when the check was run. */
const WRONG: Readonly<Partial<Record<TaskProof, Pick<Problem, 'title' | 'hint'>>>> = {
  unsolved: {
    title: 'the check finds the task done before it has begun',
    hint: 'check something that only the solution makes, or remove it in an earlier step',
  },
  refused: {
    title: 'the check says something else of the wrong solution',
    hint: 'fix the check, wrong="…", or the wrong solution; an earlier one may lack undo="…"',
  },
  solved: {
    title: 'the check does not accept the solution',
    hint: 'fix the check, or the solution; a wrong one before it may lack undo="…"',
  },
};

/** Describes a wrong answer of the check; undefined for any other fault, and for other steps. */
export function checkProblem(
  { line, proves, options }: Step,
  fault: StepFault,
  screen: string,
): Omit<Problem, 'file'> | undefined {
  const wrong = proves && WRONG[proves];
  if (wrong === undefined || fault.kind === 'ended') return undefined;
  const [wanted] = options.expect;
  return {
    line,
    ...wrong,
    expected:
      wanted?.kind !== 'text' || wanted.text === STILL_MISSING ? `${STILL_MISSING}…` : wanted.text,
    found: answerOn(screen) ?? `no answer, neither ${STILL_MISSING}… nor ${DONE}`,
  };
}
