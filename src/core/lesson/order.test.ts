import { expect, test } from 'vitest';
import { inParts, inReadingOrder, type Place } from './order.ts';

const PLACES: readonly Place[] = [
  { id: 'disk', part: 'Meet Docker', order: 1, after: 'cache' },
  { id: 'b', part: 'Meet Docker', order: 2 },
  { id: 'late', part: 'Meet Docker', order: 10 },
  { id: 'chroot', part: 'Meet Docker', order: 2, after: 'late' },
  { id: 'cache', part: 'Images', order: 1 },
  { id: 'a', part: 'Meet Docker', order: 2 },
  { id: 'runc', part: 'Meet Docker', order: 1, after: 'late' },
];

test('the core path is sorted by part, order and id; deep dives follow, in its order', () => {
  const ids = inReadingOrder(PLACES, (place) => place).map(({ id }) => id);
  expect(ids).toEqual(['a', 'b', 'late', 'cache', 'runc', 'chroot', 'disk']);
});

test('letters are consecutive, and numbers start again in each part', () => {
  const parts = inParts(PLACES, (place) => place);
  expect(parts.map(({ letter, title }) => `${letter} ${title}`)).toEqual([
    'A Meet Docker',
    'B Images',
    'C Deep dives',
  ]);
  const codes = parts.flatMap(({ lessons }) =>
    lessons.map(({ code, lesson }) => [lesson.id, code]),
  );
  expect(Object.fromEntries(codes)).toEqual({
    a: 'A1',
    b: 'A2',
    late: 'A3',
    cache: 'B1',
    runc: 'C1',
    chroot: 'C2',
    disk: 'C3',
  });
});
