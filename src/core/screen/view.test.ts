import { describe, expect, test } from 'vitest';
import type { CommandProof, StepProof } from '../recording/proof.ts';
import type { Screen } from '../recording/screen.ts';
import { terminalBlocks, type Block } from './view.ts';

const screen = (...lines: string[]): Screen => ({
  lines: lines.map((text) => (text === '' ? [] : [{ text, style: {} }])),
});
const typed = (text: string, from: number | null, exit: number | null = 0): CommandProof => ({
  typed: text,
  exit,
  ms: 1,
  shown: from === null ? null : { from, to: from + text.split('\n').length },
});
const blocks = (shown: Screen, ...commands: CommandProof[]): Block[] =>
  terminalBlocks(shown, { commands } as unknown as StepProof);
const text = (block: Block | undefined): string[] => {
  if (block?.kind === 'output') return block.lines.map((line) => line.map((p) => p.text).join(''));
  if (block?.kind === 'command')
    return block.lines.map((line) => `${line.prompt.map((p) => p.text).join('')}|${line.typed}`);
  return [];
};

describe('terminalBlocks', () => {
  test('separates prompt, typed text and output', () => {
    const [command, output] = blocks(screen('$ echo hi', 'hi'), typed('echo hi', 0));
    expect(command).toMatchObject({ kind: 'command', exact: true, typed: 'echo hi' });
    expect(text(command)).toEqual(['$ |echo hi']);
    expect(text(output)).toEqual(['hi']);
  });

  test('keeps the continuation lines of a command together', () => {
    const [command] = blocks(
      screen('$ for i in 1; do', '>   echo', '> done'),
      typed('for i in 1; do\n  echo\ndone', 0),
    );
    expect(text(command)).toEqual(['$ |for i in 1; do', '> |  echo', '> |done']);
    expect(command).toMatchObject({ exact: true });
  });

  test('cuts lines where a quoted part begins and ends', () => {
    const [command, output] = terminalBlocks(
      screen('$ echo hi', 'oh hi'),
      { commands: [typed('echo hi', 0)] } as unknown as StepProof,
      [],
      [
        { line: 0, from: 7, to: 9, quote: '1' },
        { line: 1, from: 3, to: 5, quote: '2' },
      ],
    );
    expect(command).toMatchObject({ lines: [{ quoted: [{ from: 5, to: 7, quote: '1' }] }] });
    expect(output).toMatchObject({ lines: [[{ text: 'oh ' }, { text: 'hi', quotes: '2' }]] });
  });

  test('recognizes the prompt of a program and marks the id in it', () => {
    const shown = screen(
      '$ docker run -it debian bash',
      'root@3f2a9c0d1e4b:/# hostname',
      '3f2a9c0d1e4b',
    );
    const [, inner] = blocks(
      shown,
      typed('docker run -it debian bash', 0),
      typed('hostname', 1, null),
    );
    expect(text(inner)).toEqual(['root@3f2a9c0d1e4b:/# |hostname']);
    expect(inner).toMatchObject({
      lines: [
        {
          prompt: [
            { text: 'root@' },
            { text: '3f2a9c0d1e4b', differs: expect.any(String) as string },
            { text: ':/# ' },
          ],
        },
      ],
    });
  });

  test('keeps trailing blanks of typed text for copying', () => {
    const [command] = blocks(screen('$ echo hi'), typed('echo hi  ', 0));
    expect(command).toMatchObject({ exact: true, lines: [{ typed: 'echo hi  ' }] });
  });

  test('reports that the screen shows something other than what was typed', () => {
    const [command] = blocks(screen('$ echo a       b'), typed('echo a\tb', 0));
    expect(command).toMatchObject({
      exact: false,
      typed: 'echo a\tb',
      lines: [{ typed: 'echo a       b' }],
    });
  });

  test('includes a command that was cleared from the screen', () => {
    const [gone, output] = blocks(screen('after'), typed('clear', null));
    expect(gone).toMatchObject({ kind: 'command', typed: 'clear', onScreen: false });
    expect(text(output)).toEqual(['after']);
  });

  test('shows the status of a failed command after its output', () => {
    const shown = blocks(
      screen('$ dokcer', 'bash: dokcer: command not found'),
      typed('dokcer', 0, 127),
    );
    expect(shown.map(({ kind }) => kind)).toEqual(['command', 'output', 'exit']);
    expect(shown.at(-1)).toEqual({ kind: 'exit', status: 127 });
  });

  test('shows the status of a program after what was typed into it', () => {
    const shown = blocks(
      screen('$ bash', '# exit 3'),
      typed('bash', 0, 3),
      typed('exit 3', 1, null),
    );
    expect(shown.map(({ kind }) => kind)).toEqual(['command', 'command', 'exit']);
  });

  test('splits runs where a mask begins and ends, and keeps their styles', () => {
    const line = [
      { text: 'up 3 sec', style: { bold: true as const } },
      { text: 'onds ok', style: {} },
    ];
    const [output] = blocks({ lines: [line] });
    expect(output).toMatchObject({
      lines: [
        [
          { text: 'up ', classes: ['b'] },
          { text: '3 sec', classes: ['b'], differs: expect.any(String) as string },
          { text: 'onds', classes: [], differs: expect.any(String) as string },
          { text: ' ok', classes: [] },
        ],
      ],
    });
  });

  test('marks what a mask of the lesson matches', () => {
    const declared = [{ name: 'run', pattern: /run-\d+/g, why: 'a number made up' }];
    const proof = { commands: [] } as unknown as StepProof;
    expect(terminalBlocks(screen('is run-12 up'), proof, declared)).toMatchObject([
      {
        lines: [
          [{ text: 'is ' }, { text: 'run-12', differs: 'a number made up' }, { text: ' up' }],
        ],
      },
    ]);
  });
});
