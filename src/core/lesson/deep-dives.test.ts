import { expect, test } from 'vitest';
import { deepDiveFaults } from './deep-dives.ts';
import { parseLesson } from './parse.ts';

const read = (id: string, head = '') => {
  const text = `---\ntitle: T\n${head}description: D.\n---\n\nText.\n`;
  return { id, text, ...parseLesson(text, `${id}.mdx`) };
};
const faults = (after: string) => {
  const files = [
    read('run'),
    read('images'),
    read('runc', 'after: run\n'),
    read('disk', `after: ${after}\n`),
  ];
  const lessons = files.flatMap(({ lesson }) => lesson ?? []);
  return deepDiveFaults(lessons, new Map(files.map(({ id, text }) => [id, text])));
};

test('a deep dive comes after a lesson of the core path', () => {
  expect(faults('images')).toEqual([]);
});

test.each([
  ['another deep dive', 'runc', 'runc, a deep dive'],
  ['itself', 'disk', 'disk, a deep dive'],
  ['a lesson that does not exist', 'gone', 'gone, which does not exist'],
])('not after %s', (_name, after, found) => {
  expect(faults(after)).toEqual([
    {
      file: 'disk.mdx',
      line: 3,
      title: 'after does not name a lesson of the core path',
      found,
      hint: 'use one of run, images',
    },
  ]);
});

test('it is in no part of the core path', () => {
  expect(read('disk', 'after: run\npart: Images\n').problems).toEqual([
    {
      file: 'disk.mdx',
      line: 4,
      title: 'a deep dive has no part of the core path',
      found: 'after: run',
      hint: 'remove part, or remove after to put the lesson on the core path',
    },
  ]);
});
