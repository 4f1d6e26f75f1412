import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseLesson } from './parse.ts';
import { formatProblem } from './problem.ts';

// A fixture is a lesson with its expected result beside it. Update with `vitest -u` and review.
const fixtures = new URL('fixtures/', import.meta.url);
const lessons = (folder: string) =>
  readdirSync(new URL(folder, fixtures)).filter((name) => name.endsWith('.mdx'));
const read = (path: string) =>
  parseLesson(readFileSync(new URL(path, fixtures), 'utf8'), path.replace(/^.*\//, ''));

test.each(lessons('ok/'))('reads %s', async (name) => {
  const { lesson, problems } = read(`ok/${name}`);
  expect(problems).toEqual([]);
  await expect(`${JSON.stringify(lesson, null, 2)}\n`).toMatchFileSnapshot(
    `fixtures/ok/${name.replace('.mdx', '.json')}`,
  );
});

test.each(lessons('throws/'))('reports what is wrong with %s', async (name) => {
  const { lesson, problems } = read(`throws/${name}`);
  expect(lesson).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
  await expect(`${problems.map(formatProblem).join('\n')}\n`).toMatchFileSnapshot(
    `fixtures/throws/${name.replace('.mdx', '.txt')}`,
  );
});

test('CRLF and CR line endings give the same lesson as LF', () => {
  const text = readFileSync(new URL('ok/everything.mdx', fixtures), 'utf8');
  const lesson = parseLesson(text, 'everything.mdx').lesson;
  expect(lesson).toBeDefined();
  for (const end of ['\r\n', '\r'])
    expect(parseLesson(text.replaceAll('\n', end), 'everything.mdx')).toEqual({
      lesson,
      problems: [],
    });
});
