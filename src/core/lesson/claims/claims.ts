import type { ComponentUse } from '../mdast.ts';
import type { Claim, Step } from '../model.ts';
import type { Problem } from '../problem.ts';
import {
  evaluate,
  ExpressionError,
  parseExpression,
  parseRelation,
  referencesOf,
  verify,
  type Expression,
  type Lookup,
  type Reference,
} from './expression.ts';
import { unitOf, writeQuantity, type Quantity } from './quantity.ts';

type Fault = Omit<Problem, 'file'>;

/** Attributes of a component, by name. */
type Attributes = Readonly<Partial<Record<string, string>>>;

/** The claims of a lesson, and what is wrong with the way in which they are written. */
export function readClaims(
  uses: readonly ComponentUse[],
  steps: readonly Step[],
): { claims: Claim[]; faults: Fault[] } {
  const claims = uses.flatMap(({ name, line, attributes }): Claim[] => {
    if (name === 'Claim') return [{ line, kind: 'relation', text: attributes['that'] ?? '' }];
    if (name !== 'Measured' || attributes['of'] === undefined) return [];
    return [{ line, kind: 'value', text: attributes['of'], ...writtenAs(attributes) }];
  });
  return { claims, faults: claims.flatMap((claim) => faultsOf(claim, steps)) };
}

/**
 * The text that `<Measured>` prints: a value of one step, or a value computed from several.
 * @returns undefined if a value that it needs has not been recorded
 * @throws {ExpressionError | RangeError} if the value cannot be computed or written
 */
export function measuredText(attributes: Attributes, lookup: Lookup): string | undefined {
  const { of: text, step = '', name = '' } = attributes;
  if (text === undefined) return lookup({ step, name });
  const needed = referencesOf(parseExpression(text));
  if (needed.some((reference) => lookup(reference) === undefined)) return undefined;
  return valueOf({ line: 0, kind: 'value', text, ...writtenAs(attributes) }, lookup);
}

/** How attributes of `<Measured>` say that a value is written. */
function writtenAs(attributes: Attributes): Pick<Claim, 'unit' | 'digits'> {
  const { unit, digits } = attributes;
  return {
    ...(unit !== undefined && { unit }),
    ...(digits !== undefined && { digits: Number(digits) }),
  };
}

function faultsOf(claim: Claim, steps: readonly Step[]): Fault[] {
  const { line, unit, digits } = claim;
  const faults: Fault[] = [];
  if (unit !== undefined && unitOf(unit) === undefined)
    faults.push({
      line,
      title: `${unit} is not a unit`,
      hint: 'use one such as MB, MiB, s, ms or %',
    });
  if (digits !== undefined && !(Number.isInteger(digits) && digits >= 0 && digits <= 9))
    faults.push({ line, title: 'digits is not a number from 0 to 9', hint: 'write digits="1"' });
  try {
    const unknown = expressionsOf(claim)
      .flatMap(referencesOf)
      .filter(({ step, name }) => {
        const measured = steps.find(({ id }) => id === step)?.options.measure;
        return measured === undefined || !Object.hasOwn(measured, name);
      });
    return [...faults, ...unknown.map((reference) => unmeasured(line, reference))];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const hint =
      claim.kind === 'relation'
        ? 'write that="STEP.NAME > 3 * STEP.NAME", or that="STEP.NAME = STEP.NAME within 10%"'
        : 'write of="STEP.NAME - STEP.NAME"';
    return [...faults, { line, title: error.message, found: claim.text, hint }];
  }
}

function unmeasured(line: number, { step, name }: Reference): Fault {
  return {
    line,
    title: `no step of this lesson measures ${step}.${name}`,
    hint: `add measure.${name}=/(…)/ to the step ${step}, or correct the name`,
  };
}

function expressionsOf({ kind, text }: Claim): Expression[] {
  if (kind === 'value') return [parseExpression(text)];
  const { left, right } = parseRelation(text);
  return [left, right];
}

/**
 * What is not true of the claims of a lesson, with both values.
 * @param lookup the values that the recordings of its steps measured
 */
export function falseClaims(claims: readonly Claim[], lookup: Lookup): Fault[] {
  return claims.flatMap((claim): Fault[] => {
    const { line, text } = claim;
    try {
      if (claim.kind === 'value') valueOf(claim, lookup);
      else {
        const { holds, left, right } = verify(parseRelation(text), lookup);
        if (!holds) return [untrue(claim, left, right, lookup)];
      }
      return [];
    } catch (error) {
      if (!(error instanceof ExpressionError || error instanceof RangeError)) throw error;
      const hint = 'correct the expression, or measure something that can be compared';
      return [{ line, title: error.message, found: text, hint }];
    }
  });
}

function untrue({ line, text }: Claim, left: Quantity, right: Quantity, lookup: Lookup): Fault {
  const { left: one, right: other } = parseRelation(text);
  const values = [one, other]
    .flatMap(referencesOf)
    .map((reference) => `${reference.step}.${reference.name} is ${lookup(reference) ?? '?'}`);
  return {
    line,
    title: 'what the lesson claims is not true of its recordings',
    expected: text,
    found: `${plain(left)} and ${plain(right)} (${[...new Set(values)].join(', ')})`,
    hint: 'correct the sentence, or make the step show what it says',
  };
}

/**
 * The value that a claim prints.
 * @throws {ExpressionError | RangeError} if it cannot be computed or written
 */
export function valueOf({ text, unit, digits }: Claim, lookup: Lookup): string {
  return writeQuantity(evaluate(parseExpression(text), lookup), unit, digits);
}

function plain(quantity: Quantity): string {
  return writeQuantity(quantity).replace('\u00a0', ' ');
}
