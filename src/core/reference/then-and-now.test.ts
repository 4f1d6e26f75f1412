import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { codeParts, proofProblems, readThenAndNow } from './then-and-now.ts';

const row = (more: string) => `- group: Paths\n  then: A\n${more}`;

test('a row has both a claim about today and its proof, or neither', () => {
  expect(readThenAndNow(row('') + row('  now: B\n  proof: [a#b]\n')).problems).toEqual([]);
  for (const lone of ['  now: B\n', '  proof: [a#b]\n'])
    expect(readThenAndNow(row('') + row(lone)).problems).toEqual([
      expect.objectContaining({ file: 'content/2014.yaml', line: 3 }),
    ]);
  for (const none of ['a', '-a#b', 'a#-b', 'a#b#c', 'A#b', '#b', 'a#'])
    expect(readThenAndNow(row(`  now: B\n  proof: ['${none}']\n`)).problems, none).toHaveLength(1);
});

test('a proof must be a step that a page shows', () => {
  const head = '---\ntitle: T\ndescription: D\n---\n\n';
  const steps = '```console b\n$ true\n```\n\n```console c hide\n$ true\n```\n';
  const { lesson } = parseLesson(head + steps, 'a.mdx');
  const { rows } = readThenAndNow(row('  now: B\n  proof: [a#b, a#c, x#b]\n'));
  expect(proofProblems(rows, lesson ? [lesson] : []).map(({ title }) => title)).toEqual([
    'no lesson shows the step a#c',
    'no lesson shows the step x#b',
  ]);
});

test('text in backticks is code', () => {
  expect(codeParts('`a` and `b`')).toEqual([
    { text: 'a', code: true },
    { text: ' and ', code: false },
    { text: 'b', code: true },
  ]);
});
