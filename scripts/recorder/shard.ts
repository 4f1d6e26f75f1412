/** One of several machines that share the lessons of a run. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/**
 * The items that a machine runs, in the order of `items`. The longest are distributed first, each
 * to the machine with the least work. Every machine has to know the same weights.
 */
export function inShard<T>(
  items: readonly T[],
  weightOf: (item: T) => number,
  { index, count }: Shard,
): T[] {
  const loads = Array.from({ length: count }, () => 0);
  const mine = new Set<T>();
  for (const item of items.toSorted((a, b) => weightOf(b) - weightOf(a))) {
    const least = loads.indexOf(Math.min(...loads));
    // An item without a weight takes time, too.
    loads[least] = (loads[least] ?? 0) + Math.max(1, weightOf(item));
    if (least === index - 1) mine.add(item);
  }
  return items.filter((item) => mine.has(item));
}

/** Parses `I/N`; undefined if it is not valid. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  if (index === undefined || Number(index) > Number(count)) return undefined;
  return { index: Number(index), count: Number(count) };
}
