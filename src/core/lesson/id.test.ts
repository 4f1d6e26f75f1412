import { expect, test } from 'vitest';
import { ID, lessonIdOf, nameOf, splitName } from './id.ts';

test.each(['a', '0', 'first-run', 'a-', 'a'.repeat(100)])('an id: %s', (id) => {
  expect(ID.test(id)).toBe(true);
});

test.each(['', '-x', 'A', 'a_b', 'a.b', 'a b', 'ä', 'a\n', 'a'.repeat(101)])(
  'not an id: %j',
  (id) => {
    expect(ID.test(id)).toBe(false);
  },
);

test.each(['run.mdx', 'content/lessons/run.mdx', '/es/run.mdx', '..\\lessons\\run.mdx', 'run'])(
  'the id of a lesson is the name of its file: %s',
  (path) => expect(lessonIdOf(path)).toBe('run'),
);

test('names of lessons and steps survive writing and reading', () => {
  for (const [lesson, step] of [['run'], ['run', 'first-run']] as const)
    expect(splitName(nameOf(lesson, step))).toEqual(step ? { lesson, step } : { lesson });
  expect(splitName('a#b#c')).toEqual({ lesson: 'a', step: 'b#c' });
});
