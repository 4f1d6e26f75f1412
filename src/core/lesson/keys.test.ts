import { expect, test } from 'vitest';
import { readKeys } from './keys.ts';

test.each([
  ['^C', ['\x03']],
  ['^d', ['\x04']],
  ['yes^M', ['y', 'e', 's', '\r']],
  ['^[:q^M', ['\x1b', ':', 'q', '\r']],
  ['^^^?', ['^', '\x7f']],
  ['5^', ['5', '^']],
  ['é😀', ['é', '😀']],
])('%s', (keys, presses) => {
  expect(readKeys(keys)).toEqual(presses);
});
