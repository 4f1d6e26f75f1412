import { expect, test } from 'vitest';
import { labFailureText, runFailureText } from './text.ts';
import { RunFailure } from '../run/failure.ts';

test('a lab that failed is told with the end of its log, in which no control character is left', () => {
  const log = Array.from({ length: 40 }, (_, index) => `level=info msg="${index}\x1b[2J"`).join(
    '\n',
  );
  const text = labFailureText({
    failure: { status: 40, message: 'dockerd ended', hint: 'free some memory', log },
    lessons: ['run', 'images'],
    places: [{ file: 'run.mdx', line: 7, command: 'docker ps' }],
  });
  expect(text.split('\n').slice(0, 6)).toEqual([
    'the lab failed: dockerd ended',
    '  not run:   run, images',
    '  found at:  run.mdx:7: `docker ps`',
    '  to fix:   free some memory',
    "  the end of the Engine's log:",
    '    | … 10 lines before',
  ]);
  expect(text.split('\n').at(-1)).toBe(String.raw`    | level=info msg="39\x1b[2J"`);
  expect(text.split('\n')).toHaveLength(6 + 30);
});

test('a long screen is cut at its beginning', () => {
  const screen = Array.from({ length: 30 }, (_, index) => `row ${index}\n`).join('');
  const problem = { file: 'a.mdx', line: 3, title: 'wrong', hint: 'fix it' };
  expect(
    runFailureText(new RunFailure(problem, 20, screen))
      .split('\n')
      .slice(0, 5),
  ).toEqual([
    'a.mdx:3: wrong',
    '  to fix:   fix it',
    '  the last screen:',
    '    | … 6 lines before',
    '    | row 6',
  ]);
});
