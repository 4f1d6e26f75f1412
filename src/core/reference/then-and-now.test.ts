import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { codeParts, proofProblems, readThenAndNow } from './then-and-now.ts';

const row = (more: string) => `- group: Basics\n  then: A\n${more}`;

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

test('the README of 2014 is quoted to the letter, and each of its lines stands on the page', () => {
  // Neither what marks code nor the width of a space is a part of what it says.
  const plain = (text: string) => text.replaceAll('`', '').replace(/\s+/g, ' ').trim();
  const readme = readFileSync('content/readme-2014.md', 'utf8');
  const { rows } = readThenAndNow(readFileSync('content/2014.yaml', 'utf8'));
  const quotes = rows.map(({ then }) => plain(then));
  expect(quotes.filter((quote) => !plain(readme).includes(quote))).toEqual([]);
  const isHeading = (line: string) => /^\s*#{1,6} /.test(line) || /^\* (Linux|OS X)\s*$/.test(line);
  const lines = readme
    .split('\n')
    .filter((line) => !isHeading(line))
    .map((line) => plain(line.replace(/^\s*\* /, '')))
    .filter((line) => line !== '');
  expect(lines.filter((line) => !quotes.some((quote) => quote.includes(line)))).toEqual([]);
});
