import { falseClaims } from '../lesson/claims/claims.ts';
import {
  ExpressionError,
  parseRelation,
  verify,
  type Lookup,
} from '../lesson/claims/expression.ts';
import type { Answer, Condition, Lesson } from '../lesson/model.ts';
import type { Problem } from '../lesson/problem.ts';
import { describe, unmetExpectations, untyped } from './expectations.ts';
import { stepExit, type StepProof } from './proof.ts';

type Fault = Omit<Problem, 'file'>;

/** What is known of a step that was run. */
export type Outcome = Pick<StepProof, 'commands' | 'measured'> & { readonly screen: string };

/**
 * What a lesson says and the runs of its steps do not prove: claims that are not true, and answers
 * that are marked as right but are not, or the reverse.
 * @param outcomeOf the outcome of a step, by its id; undefined if it is not recorded
 */
export function unproven(
  { claims = [], predictions = [] }: Pick<Lesson, 'claims' | 'predictions'>,
  outcomeOf: (step: string) => Outcome | undefined,
): Fault[] {
  const lookup: Lookup = ({ step, name }) => outcomeOf(step)?.measured[name];
  const answers = predictions.flatMap(({ step, answers: all }) => {
    const outcome = outcomeOf(step);
    return outcome === undefined
      ? []
      : all.flatMap((answer) => falseAnswer(answer, step, outcome, lookup));
  });
  return [...falseClaims(claims, lookup), ...answers];
}

function falseAnswer(
  { line, right, conditions }: Answer,
  step: string,
  outcome: Outcome,
  lookup: Lookup,
): Fault[] {
  try {
    const unmet = conditions.filter((condition) => !holds(condition, outcome, lookup));
    if (right === (unmet.length === 0)) return [];
    return [
      right
        ? {
            line,
            title: 'an answer is marked as right, but the recording shows something else',
            expected: unmet.map(conditionText).join(' '),
            found: `the step ${step} does not show that`,
            hint: 'correct the answers, or the condition',
          }
        : {
            line,
            title: 'an answer is not marked as right, but the recording shows that it is',
            expected: `not ${conditions.map(conditionText).join(' ')}`,
            found: `the step ${step} shows that`,
            hint: 'correct the answers, or add a condition that is true of this one only',
          },
    ];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const found = conditions.map(conditionText).join(' ');
    const hint = 'correct the condition, or measure something that can be compared';
    return [{ line, title: error.message, found, hint }];
  }
}

function holds(condition: Condition, outcome: Outcome, lookup: Lookup): boolean {
  if (condition.kind === 'that') return verify(parseRelation(condition.relation), lookup).holds;
  if (condition.kind === 'exit') return stepExit(outcome) === condition.status;
  const { kind, pattern } = condition;
  const options =
    kind === 'shows' ? { expect: [pattern], absent: [] } : { expect: [], absent: [pattern] };
  const typed = outcome.commands.map(({ shown }) => shown);
  return unmetExpectations({ options }, untyped(outcome.screen.split('\n'), typed)).length === 0;
}

/** A condition as authors write it. */
function conditionText(condition: Condition): string {
  if (condition.kind === 'that') return `that="${condition.relation}"`;
  if (condition.kind === 'exit') return `exit="${condition.status}"`;
  return `${condition.kind}=${describe(condition.pattern)}`;
}
