import { expect, test } from 'vitest';
import { align } from './align.ts';
import { textNoise } from './mask-suggestion.ts';

const noiseOf = (first: string, second: string) =>
  textNoise(first, second, align(first, second, []), []);

test.each([
  ['a number', 'number 12345', 'number 678', String.raw`(?<=number )\d+`],
  ['a whole line', '12345', '678', String.raw`^\d+`],
  [
    'a size that is no column of its own',
    '-rw-r--r-- 1 root root 149 Nov 20 08:15 a.tar.gz',
    '-rw-r--r-- 1 root root 1510 Nov 20 08:16 a.tar.gz',
    String.raw`(?<=root )\d+`,
  ],
  ['a fraction', 'load: 0.12, 3', 'load: 1.2, 3', String.raw`(?<=load: )\d[\d.,:-]*`],
  ['hexadecimal digits', 'key ab12', 'key 9f3', '(?<=key )[0-9a-f]+'],
  ['a word', 'tmp.X1b (new)', 'tmp.Yq9 (new)', String.raw`^[\w.,:-]+`],
  ['two values', 'from 17 to x.4', 'from 2 to x.55', String.raw`(?<=from )\d+|(?<=to )[\w.,:-]+`],
  ['a value behind a masked one', 'took 5s 17', 'took 9s 4', String.raw`\b\d+`],
  ['what has a meaning in patterns', 'a+b (x): 1', 'a+b (x): 2', String.raw`(?<=\(x\): )\d+`],
])('%s gets a mask that hides it', (_, first, second, pattern) => {
  expect(noiseOf(`$ x\n${first}\nend\n`, `$ x\n${second}\nend\n`)).toEqual({
    kind: 'value',
    pattern,
  });
});

test.each([
  ['the same lines in another order', 'a\nb\nc', 'c\na\nb', 'order'],
  ['a line more', 'a\nb', 'a\nb\nc', 'other'],
  ['other words', 'it works', 'it does not work', 'other'],
  ['a sign', 'done!', 'done?', 'other'],
])('%s', (_, first, second, kind) => {
  expect(noiseOf(`${first}\n`, `${second}\n`)).toEqual({ kind });
});
