/** A measurement; resolves with a time in milliseconds. */
export type Measured = () => Promise<number>;

/**
 * Takes several measurements in turn, so that other load on the machine affects all alike. The
 * first round is a warm-up and does not count.
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

/** The median; of an even number of values, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

/** How long the work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
