import { expect, test } from 'vitest';
import { inParts, inReadingOrder, type Place } from './order.ts';

const PLACES: readonly Place[] = [
  { id: 'disk', part: 'Under the hood', order: 1 },
  { id: 'b', part: 'Meet Docker', order: 2 },
  { id: 'late', part: 'Meet Docker', order: 10 },
  { id: 'cache', part: 'Images', order: 1 },
  { id: 'a', part: 'Meet Docker', order: 2 },
];

test('lessons are sorted by part, then by order, then by id', () => {
  const ids = inReadingOrder(PLACES, (place) => place).map(({ id }) => id);
  expect(ids).toEqual(['a', 'b', 'late', 'cache', 'disk']);
});

test('letters are consecutive, and numbers start again in each part', () => {
  const parts = inParts(PLACES, (place) => place);
  expect(parts.map(({ letter, title }) => `${letter} ${title}`)).toEqual([
    'A Meet Docker',
    'B Images',
    'C Under the hood',
  ]);
  const codes = parts.flatMap(({ lessons }) =>
    lessons.map(({ code, lesson }) => [lesson.id, code]),
  );
  expect(Object.fromEntries(codes)).toEqual({
    a: 'A1',
    b: 'A2',
    late: 'A3',
    cache: 'B1',
    disk: 'C1',
  });
});
