import { expect, test } from 'vitest';
import { movedFaults, movedIn } from './moved.ts';
import { parseLesson } from './parse.ts';

const texts = new Map<string, string>();

function lesson(id: string, head: string, ...fences: readonly string[]) {
  const steps = fences.map((fence) => `\`\`\`console ${fence}\n$ true\n\`\`\`\n`).join('\n');
  const text = `---\ntitle: T\ndescription: D.\n${head}---\n\n${steps}`;
  texts.set(id, text);
  const read = parseLesson(text, `${id}.mdx`);
  if (read.lesson === undefined) throw new Error(JSON.stringify(read.problems));
  return read.lesson;
}

test('former names of lessons and steps lead to the current ones', () => {
  const lessons = [
    lesson('run', '', 'first'),
    lesson(
      'contexts',
      'formerly: [engines, friend]\n',
      'docker-host formerly="run#host" formerly="run#env"',
    ),
  ];
  expect(movedFaults(lessons, texts)).toEqual([]);
  expect(movedIn(lessons)).toEqual({
    engines: 'contexts',
    friend: 'contexts',
    'run#host': 'contexts#docker-host',
    'run#env': 'contexts#docker-host',
  });
});

test.each([
  ['an existing lesson', 'formerly: [run]\n', 'two', 'run', 4],
  ['an existing step', '', 'two formerly="run#one"', 'run#one', 6],
  ['the former address of another step', '', 'two formerly="run#old"', 'run#old', 6],
])('%s has not moved', (_name, head, fence, was, line) => {
  const lessons = [
    lesson('run', '', 'one', 'three formerly="run#old"'),
    lesson('new', head, fence),
  ];
  expect(movedFaults(lessons, texts)).toEqual([
    {
      file: 'new.mdx',
      line,
      title: `the former address ${was} is taken`,
      hint: 'remove it from formerly',
    },
  ]);
});
