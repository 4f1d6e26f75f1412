import { expect, test } from 'vitest';
import { median } from './rounds.ts';
import { duration, markdown, ratio } from './table.ts';

test('a table in Markdown', () => {
  const table = {
    title: 'Speed',
    head: ['what', 'time'],
    rows: [
      ['bash', '12 ms'],
      ['a lab', '0.90 s'],
    ],
  };
  expect(markdown(table)).toBe(
    '## Speed\n\n| what  |   time |\n| ----- | -----: |\n| bash  |  12 ms |\n| a lab | 0.90 s |\n',
  );
});

test('durations and ratios keep three digits', () => {
  expect([0.94, 26.2, 999, 1532, 33_210].map(duration)).toEqual([
    '0.9 ms',
    '26 ms',
    '999 ms',
    '1.53 s',
    '33.2 s',
  ]);
  expect([ratio(31, 30), ratio(124, 10), ratio(1532, 10)]).toEqual(['1.03 ×', '12.4 ×', '153 ×']);
});

test('the median is one of the values', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2);
});
