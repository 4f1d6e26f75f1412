/**
 * Does two things in parallel. If one fails or the signal is aborted, the other one is aborted as
 * well. Resolves or rejects only when both have ended.
 */
export async function together<A, B>(
  signal: AbortSignal,
  one: (signal: AbortSignal) => Promise<A>,
  other: (signal: AbortSignal) => Promise<B>,
): Promise<[A, B]> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const works = [one(either), other(either)] as const;
  for (const work of works) work.catch((error: unknown) => stop.abort(error));
  await Promise.allSettled(works);
  return Promise.all(works);
}
