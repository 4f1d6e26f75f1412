import { expect, test } from 'vitest';
import { withFormerId } from './former-id.ts';

const lesson = (...fields: readonly string[]) =>
  ['---', 'title: "T: t"', ...fields, '---', '', 'Text.', '---', ''].join('\n');

test.each([
  ['the first', [], ['formerly: [run]']],
  ['another', ['formerly: [walk]', 'order: 1'], ['formerly: [walk, run]', 'order: 1']],
  ['back to an old one', ['formerly:', '  - jog', '  - walk'], ['formerly: [walk, run]']],
])('a new name: %s', (_name, before, after) => {
  expect(withFormerId(lesson(...before), 'run', 'jog')).toBe(lesson(...after));
});

test('other fields keep their form', () => {
  const masks = [
    "description: It's long, so long that a line of it would have to be broken in two.",
    'masks:',
    '  day:',
    "    pattern: '\\d+'",
    '    why: a day # or a night',
  ];
  expect(withFormerId(lesson(...masks), 'run', 'jog')).toBe(lesson(...masks, 'formerly: [run]'));
});
