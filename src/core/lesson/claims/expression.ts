import { readQuantity, UNIT_NAMES, unitOf, type Quantity } from './quantity.ts';

/** A value that a step measures. */
export interface Reference {
  readonly step: string;
  readonly name: string;
}

/** Arithmetic over measured values. */
export type Expression =
  | { readonly kind: 'quantity'; readonly quantity: Quantity }
  | ({ readonly kind: 'measured' } & Reference)
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type Operator = '+' | '-' | '*' | '/';

/** A relation that has to hold between two expressions. */
export interface Relation {
  readonly left: Expression;
  readonly comparison: Comparison;
  readonly right: Expression;
  /** By which share of the right side the left one may differ from it, with `=`. */
  readonly tolerance: number;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '=';

/** An expression that cannot be read or computed; the message says why. */
export class ExpressionError extends Error {}

/** How values of steps are looked up: the text that a recording measured. */
export type Lookup = (reference: Reference) => string | undefined;

/**
 * Reads arithmetic: measured values (`STEP.NAME`), quantities (`3`, `1.5`, `20MB`, `50 ms`), the
 * operators `+ - * /` with spaces around them, and parentheses.
 * @throws {ExpressionError}
 */
export function parseExpression(text: string): Expression {
  const reader = new Reader(text);
  const expression = reader.sum();
  reader.end();
  return expression;
}

/**
 * Reads a relation: two expressions with `<`, `<=`, `>`, `>=` or `=` between them. Measured values
 * are hardly ever equal to the last digit, so `=` needs a tolerance: `a.size = b.size within 10%`.
 * @throws {ExpressionError}
 */
export function parseRelation(text: string): Relation {
  const reader = new Reader(text);
  const left = reader.sum();
  const comparison = reader.comparison();
  const right = reader.sum();
  const tolerance = comparison === '=' ? reader.tolerance() : 0;
  reader.end();
  return { left, comparison, right, tolerance };
}

/** The measured values that an expression names, in its order. */
export function referencesOf(expression: Expression): Reference[] {
  if (expression.kind === 'quantity') return [];
  if (expression.kind === 'measured') return [{ step: expression.step, name: expression.name }];
  return [...referencesOf(expression.left), ...referencesOf(expression.right)];
}

/**
 * Computes an expression.
 * @throws {ExpressionError} if a value is missing or not a quantity, or if units do not fit
 */
export function evaluate(expression: Expression, lookup: Lookup): Quantity {
  if (expression.kind === 'quantity') return expression.quantity;
  if (expression.kind === 'measured') {
    const name = `${expression.step}.${expression.name}`;
    const text = lookup(expression);
    if (text === undefined) throw new ExpressionError(`${name} was not measured`);
    const quantity = readQuantity(text);
    if (quantity === undefined)
      throw new ExpressionError(`${name} is not a quantity: ${JSON.stringify(text)}`);
    return quantity;
  }
  const left = evaluate(expression.left, lookup);
  const right = evaluate(expression.right, lookup);
  return compute(expression.operator, left, right);
}

/** Whether a relation holds, with the values of both sides. */
export interface Verified {
  readonly holds: boolean;
  readonly left: Quantity;
  readonly right: Quantity;
}

/**
 * Checks a relation.
 * @throws {ExpressionError} as `evaluate`, or if the sides count different things
 */
export function verify(relation: Relation, lookup: Lookup): Verified {
  const left = evaluate(relation.left, lookup);
  const right = evaluate(relation.right, lookup);
  if (left.kind !== right.kind)
    throw new ExpressionError(`${left.kind} cannot be compared with ${right.kind}`);
  const [a, b] = [left.amount, right.amount];
  const holds = {
    '<': a < b,
    '<=': a <= b,
    '>': a > b,
    '>=': a >= b,
    '=': Math.abs(a - b) <= relation.tolerance * Math.abs(b),
  }[relation.comparison];
  return { holds, left, right };
}

function compute(operator: Operator, left: Quantity, right: Quantity): Quantity {
  if (operator === '+' || operator === '-') {
    if (left.kind !== right.kind)
      throw new ExpressionError(
        `${left.kind} and ${right.kind} cannot be ${operator === '+' ? 'added' : 'subtracted'}`,
      );
    const amount = operator === '+' ? left.amount + right.amount : left.amount - right.amount;
    return { amount, kind: left.kind };
  }
  if (operator === '*') {
    if (left.kind !== 'number' && right.kind !== 'number')
      throw new ExpressionError(`${left.kind} and ${right.kind} cannot be multiplied`);
    return {
      amount: left.amount * right.amount,
      kind: left.kind === 'number' ? right.kind : left.kind,
    };
  }
  if (right.amount === 0) throw new ExpressionError('division by zero');
  if (right.kind !== 'number' && left.kind !== right.kind)
    throw new ExpressionError(`${left.kind} cannot be divided by ${right.kind}`);
  return {
    amount: left.amount / right.amount,
    kind: right.kind === 'number' ? left.kind : 'number',
  };
}

const TOKEN =
  /\s*(?:(?<reference>[a-z0-9][a-z0-9-]*\.[a-z][a-z0-9-]*)|(?<number>\d+(?:\.\d+)?)\s*(?<unit>%|(?!within\b)[a-zA-Zµ]+(?![\w.-]))?|(?<sign><=|>=|[-+*/()<>=])|(?<word>[a-z]+))/y;

/** Reads an expression from the left. */
class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  sum(): Expression {
    let left = this.product();
    for (;;) {
      const operator = this.sign('+', '-');
      if (operator === undefined) return left;
      left = { kind: 'operation', operator, left, right: this.product() };
    }
  }

  comparison(): Comparison {
    const found = this.sign('<=', '>=', '<', '>', '=');
    if (found === undefined) this.fail('<, <=, >, >= or =');
    return found;
  }

  tolerance(): number {
    if (this.token()?.['word'] !== 'within') this.fail('a tolerance, such as "within 10%"');
    const { number, unit } = this.token() ?? {};
    if (number === undefined || unit !== '%') this.fail('a share, such as 10%');
    return Number(number) / 100;
  }

  end(): void {
    if (this.text.slice(this.at).trim() !== '') this.fail('the end');
  }

  private product(): Expression {
    let left = this.operand();
    for (;;) {
      const operator = this.sign('*', '/');
      if (operator === undefined) return left;
      left = { kind: 'operation', operator, left, right: this.operand() };
    }
  }

  private operand(): Expression {
    const start = this.at;
    const { reference, number, unit, sign } = this.token() ?? {};
    if (reference !== undefined) {
      const [step = '', name = ''] = reference.split('.');
      return { kind: 'measured', step, name };
    }
    if (number !== undefined) {
      if (unit !== undefined && unitOf(unit) === undefined)
        throw new ExpressionError(`${unit} is not a unit; use one of ${UNIT_NAMES.join(', ')}`);
      const quantity = readQuantity(number, unit);
      if (quantity !== undefined) return { kind: 'quantity', quantity };
    }
    if (sign === '(') {
      const inner = this.sum();
      if (this.sign(')') === undefined) this.fail(')');
      return inner;
    }
    this.at = start;
    return this.fail('a measured value (STEP.NAME), a quantity or (');
  }

  private sign<Sign extends string>(...signs: readonly Sign[]): Sign | undefined {
    const start = this.at;
    const found = this.token()?.['sign'];
    const sign = signs.find((each) => each === found);
    if (sign === undefined) this.at = start;
    return sign;
  }

  private token(): Partial<Record<string, string>> | undefined {
    TOKEN.lastIndex = this.at;
    const groups = TOKEN.exec(this.text)?.groups;
    if (groups !== undefined) this.at = TOKEN.lastIndex;
    return groups;
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.at).trim();
    throw new ExpressionError(
      `expected ${expected}, found ${rest === '' ? 'the end' : JSON.stringify(rest)}`,
    );
  }
}
