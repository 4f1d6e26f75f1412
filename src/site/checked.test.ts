import { afterEach, expect, test } from 'vitest';
import { checkedOn } from './checked.ts';

afterEach(() => {
  delete process.env['CHECKED_ON'];
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['2026-02-02', '2026-02-02'],
  ['2026-02-01', '2026-02-01'],
  // It was recorded again afterwards.
  ['2026-01-31', undefined],
])('a check on %s of what was recorded on 2026-02-01', (day, shown) => {
  if (day !== undefined) process.env['CHECKED_ON'] = day;
  expect(checkedOn('2026-02-01')).toBe(shown);
});

test.each(['yesterday', '2026-02', '2026-13-01', '<b>2026-02-01'])('%s is no day', (day) => {
  process.env['CHECKED_ON'] = day;
  expect(() => checkedOn('2026-02-01')).toThrow('CHECKED_ON');
});
