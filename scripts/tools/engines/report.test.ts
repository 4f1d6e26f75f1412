import { expect, test } from 'vitest';
import type { StepResult } from '../../../src/core/run/step-result.ts';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { commandDifferences } from './commands.ts';
import { engineReport } from './report.ts';

const source = '---\ntitle: A\ndescription: B\n---\n\n```console ids\n$ a\n$ b\n$ c\n```\n';
const { lesson } = parseLesson(source, 'content/lessons/one.mdx');
if (lesson === undefined) throw new Error('the lesson of this test cannot be read');

const result = (outputs: readonly string[], exits: readonly number[]): StepResult => ({
  screen: ['a', 'b', 'c'].map((name, index) => `$ ${name}\n${outputs[index]}\n`).join(''),
  commands: ['a', 'b', 'c'].map((typed, index) => ({
    typed,
    exit: exits[index] ?? null,
    ms: 0,
    shown: { from: 2 * index, to: 2 * index + 1 },
  })),
  measured: {},
});
const differences = (now: readonly string[], exits: readonly number[] = [0, 0, 0]) =>
  commandDifferences(
    lesson,
    'ids',
    result(['same', 'Up 3 seconds', 'old'], [0, 0, 0]),
    result(now, exits),
  );

test('only the commands that differ after masking are reported', () => {
  expect(differences(['same', 'Up 5 minutes', 'new'])).toEqual([
    { lesson: 'one', step: 'ids', command: '$ c', difference: ['-old', '+new'] },
  ]);
});

test('a different status alone is a difference', () => {
  const found = differences(['same', 'Up 5 minutes', 'old'], [1, 0, 0]);
  expect(found).toEqual([
    { lesson: 'one', step: 'ids', command: '$ a', difference: [], exits: [0, 1] },
  ]);
});

test('the report lists differences, failures and omissions, and no output ends its fence', () => {
  const text = engineReport({
    recorded: '28.5.2',
    other: '26.1.5',
    suite: 'trixie',
    finished: ['one', 'two'],
    differences: differences(['same', 'Up 5 minutes', '```\n# no heading']),
    failed: [{ lesson: 'three', step: 'x', why: 'ended with 1\nand `more`' }],
    leftOut: [{ lesson: 'four', lab: 'machines' }],
  });
  expect(text).toContain('# Docker Engine 26.1.5 compared with 28.5.2');
  expect(text).toContain('2 lessons ran to the end; 1 step could not be run, 1 lesson left');
  expect(text).toContain('| `c` | ```` ``` ```` | `one#ids` |\n');
  expect(text).toContain('As recorded: `two`.');
  expect(text).toContain('````diff\n-old\n+```\n+# no heading\n````');
  expect(text).toContain('- `three#x`: `` ended with 1 and `more` ``');
  expect(text).toContain('- `four` requires the lab `machines`');
});

test('equal differences are merged, statuses are named, and empty lines are only mentioned', () => {
  const differs = (step: string, command: string, difference: readonly string[]) => ({
    lesson: 'one',
    step,
    command,
    difference,
  });
  const text = engineReport({
    recorded: '28.5.2',
    other: '26.1.5',
    suite: 'trixie',
    finished: ['one'],
    differences: [
      differs('a', '$ docker pull x | cat', ['-a', '+b']),
      differs('b', '$ docker pull x | cat', ['-a', '+b']),
      { ...differs('c', '$ docker x', ['-a']), exits: [0, 125] },
      { ...differs('docker-a', '$ docker a --help', [' Usage', '+ ']), lesson: 'commands' },
      { ...differs('docker-b', '$ docker b --help', ['-Usage', '+Use']), lesson: 'commands' },
    ],
    failed: [],
    leftOut: [],
  });
  expect(text).toContain('2 commands of lessons and 1 help text differ');
  expect(text).toContain(
    '| `docker pull x \\| cat` | `b` | `one#a`, `one#b` |\n' +
      '| `docker x` | prints less, ends with 125 instead of 0 | `one#c` |\n',
  );
  expect(text).toContain('\nIt ends with 125 instead of 0.\n');
  expect(text.match(/^-a$/gm)).toHaveLength(2);
  expect(text).toContain('## What help texts say\n');
  expect(text).toContain('Only empty lines differ: `docker a --help`.');
});
