import { expect, test } from 'vitest';
import { CastError, encodeCast, parseCast, type Cast } from './cast.ts';
import { screenText, type Screen } from './screen.ts';
import { replay } from './terminal.ts';

const cast: Cast = {
  header: {
    version: 3,
    title: 'Run: first',
    term: { cols: 20, rows: 5, type: 'xterm-256color' },
    env: { SHELL: '/bin/bash' },
  },
  events: [
    [0, 'm', 'echo hi'],
    [0.0451, 'o', '$ echo hi\r\n'],
    [0.1, 'o', '\x1b[1;31mhi\x1b[0m "quoted" ✓\r\n'],
    [0.5, 'x', '0'],
  ],
};

test('a cast survives encoding and parsing, with intervals rounded to milliseconds', () => {
  const text = encodeCast(cast);
  expect(text.endsWith('\n')).toBe(true);
  expect(parseCast(text).header).toEqual(cast.header);
  expect(parseCast(text).events[1]).toEqual([0.045, 'o', '$ echo hi\r\n']);
  expect(encodeCast(parseCast(text))).toBe(text);
});

test('comments are skipped', () => {
  expect(parseCast(`# made by hand\n${encodeCast(cast)}`).events).toHaveLength(4);
});

test.each([
  ['', 1, 'empty'],
  ['{"version":2}\n', 1, 'v3'],
  ['{"version":3}\n', 1, 'term'],
  ['not json\n', 1, 'JSON'],
  [`${JSON.stringify(cast.header)}\n[1,"o"]\n`, 2, 'interval, a code and data'],
  [`${JSON.stringify(cast.header)}\n[-1,"o",""]\n`, 2, '0 or more'],
  [`${JSON.stringify(cast.header)}\n[1,"i","secret"]\n`, 2, 'unexpected event "i"'],
])('refuses %j', (text, line, message) => {
  const parse = () => parseCast(text);
  expect(parse).toThrow(CastError);
  expect(parse).toThrow(`line ${line}: `);
  expect(parse).toThrow(message);
});

test('replaying a cast gives the styled screen', async () => {
  const screen: Screen = await replay(cast);
  expect(screenText(screen)).toBe('$ echo hi\nhi "quoted" ✓\n');
  expect(screen.lines[1]?.[0]).toEqual({ text: 'hi', style: { bold: true, fg: 1 } });
});

test('wrapped rows become one line, even with wide characters at the margin', async () => {
  const output = `${'0123456789'.repeat(3)}\r\n${'a'.repeat(19)}漢字\r\n`;
  const screen = await replay({ ...cast, events: [[0, 'o', output]] });
  expect(screenText(screen)).toBe(`${'0123456789'.repeat(3)}\n${'a'.repeat(19)}漢字\n`);
});

test('colors of all kinds, and blanks with a background color', async () => {
  const output = '\x1b[38;5;208mo\x1b[38;2;1;2;3mt\x1b[0m\x1b[44m  \x1b[0m  ';
  const screen = await replay({ ...cast, events: [[0, 'o', output]] });
  expect(screen.lines[0]).toEqual([
    { text: 'o', style: { fg: 208 } },
    { text: 't', style: { fg: '#010203' } },
    { text: '  ', style: { bg: 4 } },
  ]);
});
