import { expect, test } from 'vitest';
import { inShard, parseShard } from './shard.ts';

const items = (weights: readonly number[]) => weights.map((weight) => ({ weight }));
const shards = (weights: readonly number[], count: number) =>
  Array.from({ length: count }, (_, at) =>
    inShard(items(weights), ({ weight }) => weight, { index: at + 1, count }).map(
      ({ weight }) => weight,
    ),
  );

test('each item is in one shard, and none has much more to do than another', () => {
  const weights = [9, 1, 30, 12, 8, 11, 3, 28];
  const parts = shards(weights, 3);
  expect(parts.flat().sort()).toEqual(weights.toSorted());
  const sums = parts.map((part) => part.reduce((sum, weight) => sum + weight, 0));
  expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(6);
});

test('the order stays, and what was never recorded is spread as well', () => {
  expect(shards([0, 0, 0, 0], 2).map(({ length }) => length)).toEqual([2, 2]);
  expect(shards([1, 5, 2], 1)).toEqual([[1, 5, 2]]);
  expect(shards([7], 2)).toEqual([[7], []]);
});

test('I/N', () => {
  expect(parseShard('2/3')).toEqual({ index: 2, count: 3 });
  for (const text of ['0/3', '4/3', '1', '1/0', 'a/b', '1/2/3'])
    expect(parseShard(text)).toBeUndefined();
});
