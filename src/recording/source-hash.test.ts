import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { sourceHashes } from './source-hash.ts';

const lesson = (change: (source: string) => string = (source) => source) => {
  const source = [
    '---',
    'title: T',
    'description: D',
    'images: [debian]',
    '---',
    '',
    'Prose.',
    '',
    '```console one',
    '$ true',
    '```',
    '',
    '```sh file="a.sh"',
    'echo a',
    '```',
    '',
    '```console two',
    '$ false',
    '```',
    '',
  ].join('\n');
  const { lesson: parsed, problems } = parseLesson(change(source), 'lesson.mdx');
  if (parsed === undefined) throw new Error(JSON.stringify(problems));
  return sourceHashes(parsed);
};

test('prose and titles do not count', async () => {
  expect(
    await lesson((source) =>
      source.replace('Prose.', 'Other\n\nprose.').replace('title: T', 'title: U'),
    ),
  ).toEqual(await lesson());
});

test.each([
  ['its command', '$ false', '$ true', ['two']],
  ['a command before it', '$ true', '$ :', ['one', 'two']],
  ['a file before it', 'echo a', 'echo b', ['two']],
  ['an option', 'console two', 'console two exit=1', ['two']],
  ['the images of the lab', '[debian]', '[busybox]', ['one', 'two']],
])('%s counts', async (_, from, to, changed) => {
  const [before, after] = [await lesson(), await lesson((source) => source.replace(from, to))];
  expect([...before.keys()].filter((step) => before.get(step) !== after.get(step))).toEqual(
    changed,
  );
});
