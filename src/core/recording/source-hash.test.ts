import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { sharedBeginning, sourceHashes } from './source-hash.ts';

const parsed = (change: (source: string) => string = (source) => source) => {
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
  const { lesson: read, problems } = parseLesson(change(source), 'lesson.mdx');
  if (read === undefined) throw new Error(JSON.stringify(problems));
  return read;
};
const lesson = (change?: (source: string) => string) => sourceHashes(parsed(change));

test('prose and titles do not affect the hash', async () => {
  expect(
    await lesson((source) =>
      source.replace('Prose.', 'Other\n\nprose.').replace('title: T', 'title: U'),
    ),
  ).toEqual(await lesson());
});

test('the reason given for a mask does not affect the hash', async () => {
  const masked = (why: string) =>
    lesson((source) =>
      source.replace('---\n\n', `masks: { n: { pattern: 'x', why: ${why} } }\n---\n\n`),
    );
  expect(await masked('one')).toEqual(await masked('other'));
});

// Recordings are committed: if a code change alters the hashes, all of them become stale.
test('steps that use no new option keep their hashes', async () => {
  expect([...(await lesson())]).toEqual([
    ['one', 'sha256:f59c5dca697f093486f3c56e3307dad8d10602e96cff68c3450367a1ccaa4c86'],
    ['two', 'sha256:f162eace76eb8f7966187738741f1d70534267bb676ea78b241b9d8981fa769f'],
  ]);
});

test.each([
  ['its command', '$ false', '$ true', ['two']],
  ['a command before it', '$ true', '$ :', ['one', 'two']],
  ['a file before it', 'echo a', 'echo b', ['two']],
  ['an option', 'console two', 'console two exit=1', ['two']],
  ['the images of the lab', '[debian]', '[busybox]', ['one', 'two']],
  ['the reason in secret-ok', 'console two', 'console two secret-ok="r"', ['two']],
  [
    'a mask',
    'images: [debian]',
    "images: [debian]\nmasks: { n: { pattern: 'x', why: w } }",
    ['one', 'two'],
  ],
])('%s affects the hash', async (_, from, to, changed) => {
  const [before, after] = [await lesson(), await lesson((source) => source.replace(from, to))];
  expect([...before.keys()].filter((step) => before.get(step) !== after.get(step))).toEqual(
    changed,
  );
});

test.each([
  ['nothing', 'Prose.', 'Other\n\nprose.', 3],
  ['the first step', '$ true', '$ :', 0],
  ['a file', 'echo a', 'echo b', 1],
  ['the last step', '$ false', '$ true', 2],
  ['an extra step at the end', '$ false\n```\n', '$ false\n```\n\n```console three\n$ a\n```\n', 3],
  ['the lab', '[debian]', '[busybox]', undefined],
])('two versions share their blocks up to a change of %s', (_, from, to, blocks) => {
  const [before, after] = [parsed(), parsed((source) => source.replace(from, to))];
  expect(sharedBeginning(before, after)).toBe(blocks);
  expect(sharedBeginning(after, before)).toBe(blocks);
});
