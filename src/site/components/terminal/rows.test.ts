import { expect, test } from 'vitest';
import type { Cast } from '../../../core/recording/cast.ts';
import { playThrough } from './rows.ts';

const cast = (...outputs: string[]): Cast => ({
  header: { version: 3, title: '', term: { cols: 80, rows: 24, type: 'xterm' }, env: {} },
  events: outputs.map((data) => [0, 'o', data]),
});
const lines = (count: number) => 'line\r\n'.repeat(count);

test.each([
  ['a short screen', cast(lines(9)), 10],
  ['hardly anything', cast('$ '), 1],
  ['a wrapped line', cast('x'.repeat(700)), 9],
  ['output that scrolls', cast(lines(60)), 24],
  ['rows that are cleared again', cast(lines(15), '\x1b[2J\x1b[H'), 16],
  ['a program that positions text by row', cast('\x1b[20;1Hhere\x1b[H'), 24],
  ['a program on the alternate screen', cast('\x1b[?1049h\x1b[Hless\x1b[?1049l'), 24],
])('%s', async (_name, played, rows) => {
  expect((await playThrough(played)).rows).toBe(rows);
});
