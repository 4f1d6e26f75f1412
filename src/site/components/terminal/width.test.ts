import { expect, test } from 'vitest';
import type { Block } from '../../../core/screen/view.ts';
import { isWide } from './width.ts';

const piece = (length: number) => ({ text: 'x'.repeat(length), classes: [] });

test.each<[string, Block, boolean]>([
  ['a line of 80 columns', { kind: 'output', lines: [[piece(50), piece(30)]] }, false],
  ['a longer one', { kind: 'output', lines: [[piece(3)], [piece(50), piece(31)]] }, true],
  ['a status', { kind: 'exit', status: 1 }, false],
])('%s', (_name, block, wide) => {
  expect(isWide([block])).toBe(wide);
});
