import { expect, test } from 'vitest';
import { readScreen } from './cells.ts';
import { lineText } from './screen.ts';
import { createTerminal, flushed } from './terminal.ts';

async function linesOf(...texts: string[]): Promise<string[]> {
  const terminal = createTerminal(80, 24);
  for (const text of texts) terminal.write(text);
  await flushed(terminal);
  const { lines } = readScreen(terminal);
  terminal.dispose();
  return lines.map(lineText);
}

test('no line is lost, however many come at once', async () => {
  const lines = await linesOf('first\r\n', '\r\n'.repeat(100_000), 'last');
  expect(lines).toHaveLength(100_002);
  expect([lines[0], lines.at(-1)]).toEqual(['first', 'last']);
});

test('no line is lost, however many come one by one', async () => {
  const numbers = Array.from({ length: 6000 }, (_, index) => String(index));
  expect(await linesOf(...numbers.map((number) => `${number}\r\n`))).toEqual(numbers);
});
