import { expect, test } from 'vitest';
import { stepsOf, type Lesson } from './model.ts';
import { parseLesson } from './parse.ts';
import { commandReference } from './command-help.ts';

function lesson(id: string, body: string): Lesson {
  const text = `---\ntitle: T\ndescription: D\n---\n\n${body}`;
  const { lesson: read, problems } = parseLesson(text, `${id}.mdx`);
  if (read === undefined) throw new Error(JSON.stringify(problems));
  return read;
}

const step = (meta: string, typed: string) => `\`\`\`console ${meta}\n$ ${typed}\n\`\`\`\n\n`;

test('each command has one step that prints its help, and lists the steps that use it', () => {
  const reference = commandReference([
    lesson('b', step('one', 'docker run debian') + step('two', 'docker image ls && docker run x')),
    lesson('c', step('three exit=1', 'docker run') + step('four hide', 'docker version')),
  ]);
  expect(reference?.lesson.id).toBe('commands');
  expect(
    reference?.entries.map(({ command, step: id, uses }) => [
      command,
      id,
      ...uses.map((use) => `${use.lesson.id}#${use.step.id}`),
    ]),
  ).toEqual([
    ['docker image ls', 'docker-image-ls', 'b#two'],
    ['docker run', 'docker-run', 'b#one', 'b#two', 'c#three'],
  ]);
  const steps = reference ? stepsOf(reference.lesson) : [];
  expect(steps.map(({ id, commands }) => [id, commands[0]?.lines])).toEqual([
    ['docker-image-ls', ['docker image ls --help']],
    ['docker-run', ['docker run --help']],
  ]);
});

test('an entry is located where a lesson types its command', () => {
  const lessons = [
    lesson('b', step('one', 'docker run debian\n$ docker ps')),
    lesson('c', step('two', 'docker ps')),
  ];
  const places = (first: string[]) => {
    const reference = commandReference(lessons, first);
    const steps = reference ? stepsOf(reference.lesson) : [];
    return steps.map(({ file, line, commands }) => [file, line, commands[0]?.line].join(':'));
  };
  expect(places([])).toEqual(['b.mdx:8:8', 'b.mdx:7:7']);
  expect(places(['c'])).toEqual(['c.mdx:7:7', 'b.mdx:7:7']);
});

test('options of docker itself belong to the command docker', () => {
  const reference = commandReference([lesson('a', step('one', 'docker --version; docker'))]);
  expect(reference?.entries.map(({ command }) => command)).toEqual(['docker']);
});

test('a command that only fails may be mistyped and is left out', () => {
  expect(commandReference([lesson('a', step('one exit=1', 'docker rnu debian'))])).toBeUndefined();
});

test('a lesson must not use the name of the reference', () => {
  const { problems } = parseLesson('---\ntitle: T\ndescription: D\n---\n', 'x/commands.mdx');
  expect(problems).toEqual([
    expect.objectContaining({
      file: 'x/commands.mdx',
      line: 1,
      title: 'the name commands is taken',
    }),
  ]);
});
