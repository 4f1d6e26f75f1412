import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['\x1b[31mred\x07', String.raw`\x1b[31mred\x07`],
  ['a\r\nb\rc\td', 'a\nb\\x0dc\td'],
  ['\x00\x7f\x9b', String.raw`\x00\x7f\x9b`],
  ['\u202etxt.exe\u2066', String.raw`\u202etxt.exe\u2066`],
  ['\ud800 \udc00 \ufffe\uffff', String.raw`\ud800 \udc00 \ufffe\uffff`],
  ['wide 漢字, 🐳 and é stay', 'wide 漢字, 🐳 and é stay'],
])('%j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});
