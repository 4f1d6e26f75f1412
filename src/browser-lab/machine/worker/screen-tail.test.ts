import { expect, test } from 'vitest';
import { ScreenTail } from './screen-tail.ts';

function tailOf(text: string): string {
  const tail = new ScreenTail(10);
  for (const byte of new TextEncoder().encode(text)) tail.add(byte);
  return new TextDecoder().decode(tail.read());
}

test('all bytes are kept as long as they fit', () => {
  expect(tailOf('')).toBe('');
  expect(tailOf('one\ntwo\n')).toBe('one\ntwo\n');
});

test.each(['', '\n', 'x', 'a longer first line\n', 'many\n'.repeat(9)])(
  'of more bytes, the newest complete lines are kept: %j',
  (before) => {
    expect(tailOf(`${before}nine more\none\ntwo`)).toBe('one\ntwo');
  },
);
