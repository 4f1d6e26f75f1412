import { expect, test } from 'vitest';
import { EchoReader } from './echo.ts';

function split(typed: string, output: string, chunked: boolean): { echo: string; rest: string } {
  const reader = new EchoReader(typed);
  const total = { echo: '', rest: '' };
  for (const chunk of chunked ? output.split('') : [output]) {
    const { echo, rest } = reader.done ? { echo: '', rest: chunk } : reader.read(chunk);
    total.echo += echo;
    total.rest += rest;
  }
  total.rest += reader.done ? '' : reader.finish();
  return total;
}

test.each([
  ['a plain line', 'ls', 'ls\r\n', 'file\r\n'],
  ['a line that the editor wraps', 'abcdef', 'abc \r\r\ndef\r\n', 'out'],
  ['a line that is drawn with colors', 'ls', '\x1b[32ml\x1b[0ms\r\n', 'out'],
  ['output that repeats the line', 'ls', 'ls\r\n', 'ls\r\n'],
  ['tabs, drawn as spaces', 'a\t\tb\t', 'a       b       \r\n', 'out'],
  ['an empty line', '', '\r\n', '/ # '],
  ['a password', 'secret', '', '\x07Welcome\r\n'],
])('%s', (_, typed, echo, rest) => {
  for (const chunked of [false, true])
    expect(split(typed, echo + rest, chunked)).toEqual({ echo, rest });
});
