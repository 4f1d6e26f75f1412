import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { projectProblems } from '../../../src/store/project.ts';
import { lintProject } from './project.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'you-like-docker-lint-'));
  cpSync('content', join(root, 'content'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function edit(file: string, from: string, to: string): void {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

const found = async () =>
  (await lintProject(root)).map(({ file, line, title }) => `${file}:${line}: ${title}`);

test('this project has no problems', async () => {
  expect((await lintProject('.')).map(formatProblem)).toEqual([]);
});

test('a renamed lesson breaks its translation and references to its steps', async () => {
  const then = readFileSync(join(root, 'content/2014.yaml'), 'utf8');
  const translated = readdirSync(join(root, 'content/lessons/es'));
  const name = translated.find((file) => then.includes(` ${basename(file, '.mdx')}#`)) ?? '';
  renameSync(join(root, 'content/lessons', name), join(root, 'content/lessons/begin.mdx'));
  const problems = await found();
  expect(problems).toContain(
    `content/lessons/es/${name}:1: there is no lesson with this name to translate`,
  );
  expect(problems).toContainEqual(
    expect.stringMatching(
      new RegExp(`^content/2014\\.yaml:\\d+: no lesson shows the step ${basename(name, '.mdx')}#`),
    ),
  );
});

test('other content files are checked as well', async () => {
  edit('content/glossary.yaml', '  text:', '  txt:');
  edit('content/2014.yaml', '- group: What Docker is', '- group: What Docker was');
  const problems = (await found()).join('\n');
  expect(problems).toMatch(/^content\/glossary\.yaml:\d+: the field .* is not valid$/m);
  expect(problems).toMatch(/^content\/2014\.yaml:3: the field group is not valid$/m);
});

test('a recorded error message without an entry is reported where its command is typed', async () => {
  cpSync('recordings/lifecycle', join(root, 'recordings/lifecycle'), { recursive: true });
  expect(await found()).toEqual([]);
  edit(
    'content/errors.yaml',
    "message: 'Container hen is paused,",
    "message: 'Container a is run,",
  );
  edit('content/errors.yaml', "pattern: 'is paused,", "pattern: 'is run,");
  const lines = readFileSync('content/lessons/lifecycle.mdx', 'utf8').split('\n');
  const line = lines.indexOf('$ docker exec hen date') + 1;
  const title = 'no entry of content/errors.yaml finds a message of the step pause';
  expect(await found()).toEqual([`content/lessons/lifecycle.mdx:${line}: ${title}`]);
  // The build reports it as well, with what is not recorded in this copy.
  const built = (await projectProblems(root)).filter((problem) => problem.title === title);
  expect(built.map((problem) => problem.line)).toEqual([line]);
});
