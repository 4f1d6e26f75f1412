import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { stepsOf } from '../../../src/core/lesson/model.ts';
import { answerTo, stepProblem } from './step-problem.ts';

test.each([
  ['Are you sure you want to continue? [y/N] ', 'docker volume prune', 'until="[y/N]" keys="y^M"'],
  ['Do you want to continue? [Y/n]', 'apt install x', 'until="[Y/n]" keys="y^M"'],
  ['Continue (yes/no)?', 'ssh lab', 'until="(yes/no)" keys="yes^M"'],
  ['Username: ', 'docker login', 'until="Username:" keys="ANSWER^M"'],
  [
    'What is the \\ and the " good for?',
    './ask.sh',
    String.raw`until="is the \\ and the \" good for?" keys="ANSWER^M"`,
  ],
  ['root@3f2a9c0d1e4b:/# ', 'docker run -it debian', '`# exit`'],
  ['/ # ', 'docker run -it busybox', '`# exit`'],
  ['>>> ', 'python3', '`# exit`'],
  ['$ cat', 'cat', '< /dev/null'],
])('%s', (asked, command, fix) => {
  expect(answerTo(asked, { line: 1, reader: 'session', lines: [command] })).toContain(fix);
});

test('a shell that a line has been typed into', () => {
  const command = { line: 1, reader: 'program', lines: ['ls'] } as const;
  expect(answerTo('a b c', command)).toContain('`# exit`');
  expect(answerTo('Remove? [y/N] ', command)).toContain('until="[y/N]"');
});

test('a check, which has no options, that takes too long', async () => {
  const file = 'src/core/lesson/fixtures/ok/task.mdx';
  const { lesson } = parseLesson(await readFile(file, 'utf8'), file);
  if (lesson === undefined) throw new Error(`${file} cannot be read`);
  const hintOf = (id: string) => {
    const step = stepsOf(lesson).find((each) => each.id === id);
    if (step === undefined) throw new Error(`${file} has no step ${id}`);
    return stepProblem(lesson, step, { kind: 'ended', command: 0, how: 'timeout' }, { screen: '' })
      .hint;
  };
  for (const id of ['check-before', 'no-text-check', 'check-after'])
    expect(hintOf(id), id).toMatch(/^let the check take less time/);
  for (const id of ['no-text', 'no-text-undo', 'solution'])
    expect(hintOf(id), id).toContain('timeout=');
});
