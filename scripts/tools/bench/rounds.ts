/** Something that is measured: resolves with its milliseconds. */
export type Measured = () => Promise<number>;

/**
 * Measures several things in turn, so that what else the machine does meets all of them alike. A first
 * round is not counted: it warms up.
 * @returns the median of each, in milliseconds
 */
export async function medians<Name extends string>(
  rounds: number,
  things: Record<Name, Measured>,
): Promise<Record<Name, number>> {
  const names = Object.keys(things) as Name[];
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const name of names) {
      const milliseconds = await things[name]();
      if (round > 0) taken.get(name)?.push(milliseconds);
    }
  return Object.fromEntries(names.map((name) => [name, median(taken.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

/** The value in the middle; of an even number of values the lower one in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
