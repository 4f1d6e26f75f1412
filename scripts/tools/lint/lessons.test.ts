import { expect, test } from 'vitest';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { paragraphsOf } from '../../../src/core/lesson/prose.ts';
import { readContent } from '../../../src/store/project.ts';
import { knownWords } from '../../../src/store/reference.ts';
import { lintLessons } from './lessons.ts';
import { unbackedNumbers } from './numbers.ts';
import { gradeOf, hardToRead } from './readability.ts';
import { misspelt, openSpelling } from './spelling.ts';
import { missingWarnings } from './warnings.ts';

const titles = (problems: readonly { line: number; title: string }[]) =>
  problems.map(({ line, title }) => `${line}: ${title}`);

test('the lessons of the workshop have no problems', async () => {
  const content = await readContent('.');
  expect(content.problems.map(formatProblem)).toEqual([]);
  expect(lintLessons(content, knownWords('.')).map(formatProblem)).toEqual([]);
});

test('a lesson has to say where it can be followed', () => {
  const found = (head: string) => {
    const text = `---\ntitle: T\ndescription: D\n${head}---\n\nText.\n`;
    const { lesson, problems } = parseLesson(text, 'x.mdx');
    return titles(lintLessons({ lessons: lesson ? [lesson] : [], texts: new Map(), problems }, []));
  };
  expect(found('')).toEqual(['1: the lesson does not say where it can be followed']);
  expect(found('follow: root\n')).toEqual([]);
});

test('a task needs a check', () => {
  const text =
    '---\ntitle: T\ndescription: D\nfollow: root\n---\n\n<YourTurn>\n\nDo.\n\n</YourTurn>\n';
  const { lesson, problems } = parseLesson(text, 'x.mdx');
  const lessons = lesson ? [lesson] : [];
  expect(titles(lintLessons({ lessons, texts: new Map([['x', text]]), problems }, []))).toEqual([
    '7: the task has no check',
  ]);
});

test.each([
  ['It takes 3 seconds.', '3'],
  ['It has 3.6MB.', '3.6MB'],
  ['A kernel from 3.10 on.', '3.10'],
  ['- Half of it, 50%, is air', '50%'],
  ['<Then>It was port 2375 then.</Then>', '2375'],
  ['| a | b |\n|---|---|\n| x | 17 |', '17'],
])('a number without a source: %s', (text, number) => {
  expect(titles(unbackedNumbers(paragraphsOf(text), 'x.mdx'))).toEqual([
    expect.stringContaining(`the number ${number} has no source`),
  ]);
});

test.each([
  'It takes <Measured step="a" name="seconds" /> seconds.',
  'It ends with `137`.',
  'It waits [for 10 seconds](https://example.org/why).',
  'The README of 2014 had overlay2, cgroup v2 and UTF-8 in it.',
  '```sh\nsleep 3\n```',
])('a number with a source: %s', (text) => {
  expect(unbackedNumbers(paragraphsOf(text), 'x.mdx')).toEqual([]);
});

test('an unknown word is reported with its line and suggestions', () => {
  const text = 'Right.\n\nThis is rihgt, `dcoker` too.\n\nPodman’s words, and its 3rd x86 one.';
  const problems = misspelt(paragraphsOf(text), 'x.mdx', openSpelling(knownWords('.')));
  expect(titles(problems)).toEqual(['3: unknown word: rihgt']);
  expect(problems[0]?.hint).toContain('right');
});

test('a command that reaches beyond the things of the lesson needs a warning, and no other may have one', () => {
  const warnings = (options: string, typed: string) => {
    const text = `---\ntitle: T\ndescription: D\n---\n\n\`\`\`console a${options}\n$ ${typed}\n\`\`\`\n`;
    const { lesson } = parseLesson(text, 'x.mdx');
    if (lesson === undefined) throw new Error('not a lesson');
    return titles(missingWarnings(lesson));
  };
  const prune = 'docker system prune -f';
  expect(warnings('', prune)).toEqual([
    '7: docker system prune reaches beyond the things of this lesson',
  ]);
  expect(warnings(' hide', prune)).toEqual([]);
  expect(warnings(' warning="All is lost."', prune)).toEqual([]);
  expect(warnings(' warning="All is lost."', 'docker rm parrot')).toEqual([
    '6: the step a warns, but none of its commands reaches beyond what it names',
  ]);
});

test('prose that is too hard is reported with its grade', () => {
  const hard = paragraphsOf(
    'Notwithstanding considerable organizational heterogeneity, containerization methodologies facilitate reproducibility.',
  );
  expect(hardToRead(hard, 'x.mdx')).toHaveLength(1);
  const easy = paragraphsOf('The cow says moo. Then it goes home.');
  expect(hardToRead(easy, 'x.mdx')).toEqual([]);
  expect(gradeOf(easy)).toBeLessThan(2);
});
