import { expect, test } from 'vitest';
import { showsPause } from './pause.ts';

test.each([
  // Begun 100 s ago, resumed 5 s ago.
  ['Up 3 seconds', false],
  ['Up Less than a second', false],
  ['Up 5 seconds', false],
  ['Up 6 seconds', true],
  ['Exited (0) About a minute ago', true],
  ['hen  Up 3 seconds\nfox  Up 90 seconds', true],
  ['debian  2 minutes ago', false],
  ['debian  7 weeks ago', false],
  ['debian  About an hour ago', false],
  ['a line about nothing', false],
])('%s', (screen, expected) => {
  expect(showsPause(screen, { begun: 100, resumed: 5 })).toBe(expected);
});
