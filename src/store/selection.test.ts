import { expect, test } from 'vitest';
import { readLessons } from './lessons.ts';
import { select } from './selection.ts';

const { lessons } = readLessons('content/lessons');

test.each([
  'run',
  'run.mdx',
  'content/lessons/run.mdx',
  '/somewhere/run.mdx',
  '..\\lessons\\run.mdx',
])('a lesson is named by its id or its file: %s', (name) => {
  expect(select(lessons, [name]).map(({ lesson }) => lesson.id)).toEqual(['run']);
  const [selected] = select(lessons, [`${name}#first-run`]);
  expect(selected).toMatchObject({ lesson: { id: 'run' }, steps: ['first-run'] });
});

test('the text after the first # is one step id', () => {
  expect(() => select(lessons, ['run#first-run#x'])).toThrow('no step first-run#x');
});

test('an unknown lesson is reported', () => {
  expect(() => select(lessons, ['content/lessons/nope.mdx'])).toThrow('there is no lesson nope');
});
