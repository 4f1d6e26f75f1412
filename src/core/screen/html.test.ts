import { describe, expect, test } from 'vitest';
import { differencesOf, FOLD_ABOVE, terminalHtml } from './html.ts';
import type { Line } from './pieces.ts';
import type { Block } from './view.ts';

const line = (text: string): Line => [{ text, classes: [] }];
const output = (...lines: string[]): Block => ({ kind: 'output', lines: lines.map(line) });
const command = (typed: string, exact = true): Block => ({
  kind: 'command',
  typed,
  exact,
  onScreen: true,
  lines: typed.split('\n').map((text) => ({ prompt: line('$ '), typed: text })),
});

test('differencesOf returns each reason once, with its first text', () => {
  const marked = (text: string, differs: string): Block => ({
    kind: 'output',
    lines: [[{ text, classes: [], differs }]],
  });
  const blocks = [
    command('ls'),
    marked('4f2a', 'an id'),
    marked('9b1c', 'an id'),
    marked('3s', 'a time'),
  ];
  expect(differencesOf(blocks)).toEqual([
    { text: '4f2a', why: 'yours will differ: an id' },
    { text: '3s', why: 'yours will differ: a time' },
  ]);
});

describe('terminalHtml', () => {
  test('labels commands and outputs for screen readers, once each', () => {
    const html = terminalHtml([command('seq 99'), output(...Array<string>(99).fill('9'))]);
    expect(html.match(/data-kind="[^"]*"/g)).toEqual([
      'data-kind="Command:"',
      'data-kind="Output:"',
    ]);
  });

  test('escapes every text, in elements and in attributes', () => {
    const hostile = `<script>alert("1")</script>&'`;
    const marked: Block = {
      kind: 'output',
      lines: [[{ text: hostile, classes: ['f1'], differs: hostile }]],
    };
    const html = terminalHtml([
      command(hostile),
      command(hostile, false),
      marked,
      { ...command(hostile), onScreen: false } as Block,
    ]);
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/="[^"]*"1"/);
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;');
  });

  test('marks what the prose quotes, typed or printed, without a change of the text', () => {
    const quotes = { from: 7, to: 9, quote: '1' };
    const html = terminalHtml([
      {
        ...{ kind: 'command', typed: 'docker ps -a', exact: true, onScreen: true },
        lines: [
          {
            prompt: line('$ '),
            typed: 'docker ps -a',
            quoted: [quotes, { from: 7, to: 12, quote: '2' }],
          },
        ],
      },
      { kind: 'output', lines: [[{ text: 'hen', classes: ['f1'], quotes: '3' }]] },
    ]);
    expect(html).toContain(
      '<kbd>docker <span data-q="1 2">ps</span><span data-q="2"> -a</span></kbd>',
    );
    expect(html).toContain('<span class="f1" data-q="3">hen</span>');
  });

  test('gives the text to copy only if the screen shows something else', () => {
    expect(terminalHtml([command('a\tb', false)])).toContain('data-copy="a\tb"');
    expect(terminalHtml([command('ls')])).not.toContain('data-copy');
  });

  test('keeps an empty first line', () => {
    expect(terminalHtml([output('', 'Usage:')])).toBe(
      '<pre class="out text" data-kind="Output:">\n\nUsage:</pre>',
    );
  });

  test('wraps a long command between its words, not inside an option', () => {
    const html = terminalHtml([command('docker image ls --format json --no-trunc')]);
    expect(html).toContain('<span class="w">--no-trunc</span>');
    expect(html.replace(/<[^>]+>/g, '')).toBe('$ docker image ls --format json --no-trunc');
  });

  test('folds a long output, says how many lines are hidden, and loses none', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`);
    const html = terminalHtml([output(...lines)]);
    const hidden = Number(/<\/span> (\d+) lines<\/summary>/.exec(html)?.[1]);
    const folded = /<details[^]*<\/summary><pre class="out text">\n([^]*?)<\/pre><\/details>/.exec(
      html,
    )?.[1];
    expect(folded?.split('\n')).toHaveLength(hidden);
    expect(html.match(/line \d+/g)).toEqual(lines);
  });

  test('lets text wrap and tables scroll', () => {
    expect(terminalHtml([output('docker: Error response from daemon')])).toContain('"out text"');
    expect(terminalHtml([output('  indented')])).toContain('"out text"');
    expect(terminalHtml([output('a message', 'IMAGE     COMMAND')])).toContain('"out"');
  });

  test('does not fold an output of exactly the maximum length', () => {
    const lines = Array.from({ length: FOLD_ABOVE }, (_, index) => `line ${index}`);
    expect(terminalHtml([output(...lines)])).not.toContain('<details');
    expect(terminalHtml([output(...lines, 'one more')])).toContain('<details');
  });

  test('shows an exit status as text', () => {
    expect(terminalHtml([{ kind: 'exit', status: 127 }])).toBe('<p class="exit">exit 127</p>');
  });
});
