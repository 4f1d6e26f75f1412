import { describe, expect, test } from 'vitest';
import { evaluate, ExpressionError, parseExpression, parseRelation, verify } from './expression.ts';
import { readQuantity, writeQuantity } from './quantity.ts';

const measured: Readonly<Record<string, string>> = {
  'big.size': '276MB',
  'small.size': '1.5 MB',
  'du.all': '3M',
  'cold.seconds': '12.4s',
  'warm.seconds': '350ms',
  'a-b.count': '3',
  'boot.time': '1m2.5s',
  'kernel.release': '6.12.0-x',
};
const lookup = ({ step, name }: { step: string; name: string }) => measured[`${step}.${name}`];
const value = (text: string) => evaluate(parseExpression(text), lookup);
const holds = (text: string) => verify(parseRelation(text), lookup).holds;

describe('quantities', () => {
  test.each([
    ['62.9MB', 62_900_000, 'bytes'],
    ['62.9 MB', 62_900_000, 'bytes'],
    ['3M', 3 * 1024 * 1024, 'bytes'],
    ['3MiB', 3 * 1024 * 1024, 'bytes'],
    ['1,024kB', 1_024_000, 'bytes'],
    ['12.29kB', 12_290, 'bytes'],
    ['0.188', 0.188, 'number'],
    ['35 ms', 0.035, 'seconds'],
    ['1m2.5s', 62.5, 'seconds'],
    ['12%', 0.12, 'number'],
  ] as const)('%s is %d %s', (text, amount, kind) => {
    const quantity = readQuantity(text);
    expect(quantity?.amount).toBeCloseTo(amount, 6);
    expect(quantity?.kind).toBe(kind);
  });

  test('a value without a unit takes that of its context', () => {
    expect(readQuantity('0.5', 's')).toEqual({ amount: 0.5, kind: 'seconds' });
    expect(readQuantity('500ms', 's')).toEqual({ amount: 0.5, kind: 'seconds' });
  });

  test.each(['', 'fast', '6.12.0-x', '3 parrots', '-'])('%j is not a quantity', (text) => {
    expect(readQuantity(text)).toBeUndefined();
  });

  test('are written with a unit that fits, or in the one that is asked for', () => {
    expect(writeQuantity({ amount: 62_900_000, kind: 'bytes' })).toBe('62.9\u00a0MB');
    expect(writeQuantity({ amount: 62_900_000, kind: 'bytes' }, 'MiB', 1)).toBe('60.0\u00a0MiB');
    expect(writeQuantity({ amount: 0.0354, kind: 'seconds' })).toBe('35.4\u00a0ms');
    expect(writeQuantity({ amount: 0.0354, kind: 'number' }, '%', 0)).toBe('4\u00a0%');
    expect(writeQuantity({ amount: 184, kind: 'number' }, undefined, 0)).toBe('184');
    expect(() => writeQuantity({ amount: 1, kind: 'bytes' }, 's')).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  test('has the usual precedence, and converts units', () => {
    expect(value('1 + 2 * 3').amount).toBe(7);
    expect(value('(1 + 2) * 3').amount).toBe(9);
    expect(value('8 - 2 - 1').amount).toBe(5);
    expect(value('big.size / small.size').amount).toBeCloseTo(184);
    expect(value('cold.seconds / warm.seconds').amount).toBeCloseTo(35.43, 2);
    expect(value('du.all - 1MB')).toEqual({ amount: 3 * 1024 * 1024 - 1e6, kind: 'bytes' });
    expect(value('a-b.count * 2').amount).toBe(6);
    expect(value('boot.time').amount).toBe(62.5);
  });

  test.each([
    ['big.size + cold.seconds', 'bytes and seconds cannot be added'],
    ['big.size * small.size', 'bytes and bytes cannot be multiplied'],
    ['cold.seconds / big.size', 'seconds cannot be divided by bytes'],
    ['1 / 0', 'division by zero'],
    ['nobody.size', 'nobody.size was not measured'],
    ['kernel.release', 'kernel.release is not a quantity: "6.12.0-x"'],
    ['3 parsecs', /^parsecs is not a unit; use one of %, B, kB/],
    ['1 +', 'expected a measured value (STEP.NAME), a quantity or (, found the end'],
    ['(1 + 2', 'expected ), found the end'],
    ['1 2', 'expected the end, found "2"'],
    ['size', 'expected a measured value (STEP.NAME), a quantity or (, found "size"'],
  ])('%s: %s', (text, message) => {
    expect(() => value(text)).toThrow(ExpressionError);
    expect(() => value(text)).toThrow(message);
  });
});

describe('relations', () => {
  test.each([
    ['big.size > 100 * small.size', true],
    ['big.size > 200 * small.size', false],
    ['cold.seconds < 13 s', true],
    ['cold.seconds <= 12.4s', true],
    ['warm.seconds >= 350 ms', true],
    // As texts, "350ms" is larger than "12.4s".
    ['warm.seconds > cold.seconds', false],
    ['du.all = 3MiB within 0%', true],
    ['du.all = 3MB within 5%', true],
    ['du.all = 3MB within 4%', false],
    ['a-b.count = 3 within 1%', true],
  ])('%s: %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test('equality needs a tolerance, and both sides have to count the same', () => {
    expect(() => holds('du.all = 3MB')).toThrow('expected a tolerance, such as "within 10%"');
    expect(() => holds('du.all = 3MB within 5')).toThrow('expected a share, such as 10%');
    expect(() => holds('big.size')).toThrow('expected <, <=, >, >= or =, found the end');
    expect(() => holds('big.size > cold.seconds')).toThrow('bytes cannot be compared with seconds');
  });
});
