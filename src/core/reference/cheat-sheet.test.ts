import { expect, test } from 'vitest';
import { commandReference } from '../lesson/command-help.ts';
import type { Lesson } from '../lesson/model.ts';
import { parseLesson } from '../lesson/parse.ts';
import { cheatSheet } from './cheat-sheet.ts';

function lesson(id: string, ...steps: readonly (readonly [meta: string, typed: string])[]): Lesson {
  const body = steps.map(([meta, typed]) => `\`\`\`console ${meta}\n$ ${typed}\n\`\`\`\n\n`);
  const text = `---\ntitle: T\ndescription: D\n---\n\n${body.join('')}`;
  const { lesson: read, problems } = parseLesson(text, `${id}.mdx`);
  if (read === undefined) throw new Error(JSON.stringify(problems));
  return read;
}

const HELP: Readonly<Record<string, string>> = {
  'docker ps':
    'Usage:  docker ps [OPTIONS]\n\nList containers. All of them\n\n' +
    'Aliases:\n  docker container ls, docker ps\n\nOptions:\n' +
    "      --format string   Format output: 'json': JSON\n  -q, --quiet           Only ids (e.g. 4f2a. Or 5)\n",
  'docker info': 'Usage:  docker info\n\nDisplay information\n',
  'docker volume rm': 'Usage:  docker volume rm VOLUME\n\nRemove volumes\n',
};

function sheetOf(lessons: readonly Lesson[], failing: readonly string[] = []) {
  return cheatSheet(commandReference(lessons)?.entries ?? [], {
    lessons: lessons.map(({ id }) => id),
    helpOf: ({ command }) => HELP[command],
    isFailing: (step) => failing.includes(step),
  });
}

test('commands are grouped, and come with the options that are typed, each with its first step', () => {
  const sheet = sheetOf([
    lesson('b', ['info', 'docker info'], ['wrong exit=1', 'docker ps --format x']),
    lesson('a', ['ps', 'docker ps -q'], ['again', 'docker ps --quiet --format=json']),
  ]);
  expect(sheet).toEqual([
    {
      group: 'containers',
      commands: [
        {
          ...{ typed: 'docker ps', text: 'List containers', step: 'a#ps' },
          options: [
            { typed: '-q', text: 'Only ids', step: 'a#ps' },
            { typed: '--format', text: 'Format output', step: 'a#again' },
          ],
        },
      ],
    },
    {
      group: 'system',
      commands: [
        { typed: 'docker info', text: 'Display information', step: 'b#info', options: [] },
      ],
    },
  ]);
});

test('a step that shows an error message is an example only if there is no other', () => {
  const steps = ['one', 'two'].map((id) => [id, 'docker volume rm x'] as const);
  const first = (failing: string[]) =>
    sheetOf([lesson('a', ...steps)], failing)[0]?.commands[0]?.step;
  expect(first([])).toBe('a#one');
  expect(first(['a#one'])).toBe('a#two');
  expect(first(['a#one', 'a#two'])).toBe('a#one');
});
