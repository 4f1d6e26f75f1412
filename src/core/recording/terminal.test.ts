import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readScreen } from './cells.ts';
import { lineText } from './screen.ts';
import type { Cast } from './cast.ts';
import { createTerminal, flushed, replay } from './terminal.ts';

async function linesOf(...texts: string[]): Promise<string[]> {
  const terminal = createTerminal(80, 24);
  for (const text of texts) terminal.write(text);
  await flushed(terminal);
  const { lines } = readScreen(terminal);
  terminal.dispose();
  return lines.map(lineText);
}

test('no line is lost, however many are written at once', async () => {
  const lines = await linesOf('first\r\n', '\r\n'.repeat(100_000), 'last');
  expect(lines).toHaveLength(100_002);
  expect([lines[0], lines.at(-1)]).toEqual(['first', 'last']);
}, 30_000);

test('no line is lost, however many are written one by one', async () => {
  const numbers = Array.from({ length: 6000 }, (_, index) => String(index));
  expect(await linesOf(...numbers.map((number) => `${number}\r\n`))).toEqual(numbers);
});

/** Each leaves a terminal in a state other than its initial one. */
const LEFT = {
  'text and scrollback': 'x\r\n'.repeat(60),
  'colours that were not reset': '\x1b[1;3;4;7;31;44mred',
  'the alternate screen': '\x1b[?1049h\x1b[Hless',
  'line drawing': '\x1b(0\x0e',
  'insert mode': '\x1b[4h',
  'no wrapping': '\x1b[?7l',
  'a scroll region and its origin': '\x1b[5;10r\x1b[?6h',
  'no tab stops': '\x1b[3g',
  'a saved cursor': '\x1b[9;9H\x1b7',
  'a sequence that never ended': '\x1b]0;title that goes on',
  'half a sequence': '\x1b[38;5',
  'Unicode 6 widths': '😀',
};

test.each(Object.entries(LEFT))('a cast does not affect the next one: %s', async (_name, left) => {
  const cast = (...events: Cast['events']): Cast => ({
    header: { version: 3, title: '', term: { cols: 77, rows: 24, type: 'xterm' }, env: {} },
    events,
  });
  const next = cast([0, 'o', `a\tb😀|\r\n${'y'.repeat(80)}\r\n\x1b8q\x1b[3;3Hlqk`]);
  const fresh = createTerminal(77, 24);
  for (const [, , data] of next.events) fresh.write(data);
  await flushed(fresh);
  const wanted = readScreen(fresh);
  fresh.dispose();
  await replay(cast([0, 'o', left]));
  // Wait until that terminal is returned to the pool: the next cast gets the last one returned.
  await setTimeout(20);
  expect(await replay(next)).toEqual(wanted);
});
