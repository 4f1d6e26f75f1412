import { expect, test } from 'vitest';
import { LISTED, rowsAround } from './yard.ts';

/** Parts of the given sizes with consecutively numbered lessons. */
const parts = (...sizes: number[]) => {
  let next = 0;
  return sizes.map((size, index) => ({
    title: `part ${index}`,
    places: Array.from({ length: size }, () => next++),
  }));
};
const listed = (sizes: number[], at: number) =>
  rowsAround(parts(...sizes), at).flatMap(({ places }) => places);

test('a short list is shown completely', () => {
  expect(rowsAround(parts(3, 1, 2), 5)).toEqual(parts(3, 1, 2));
  expect(listed([LISTED], 0)).toHaveLength(LISTED);
});

test.each([
  ['the first', 0, 0],
  ['one in the middle', 500, 500 - LISTED / 2],
  ['the last', 999, 1000 - LISTED],
])('of a long list, the neighbors are shown: %s', (_name, at, from) => {
  expect(listed([300, 300, 400], at)).toEqual(
    Array.from({ length: LISTED }, (_unused, index) => from + index),
  );
});

test('a part without neighbors is left out', () => {
  expect(rowsAround(parts(300, 300, 400), 599).map(({ title }) => title)).toEqual([
    'part 1',
    'part 2',
  ]);
});
