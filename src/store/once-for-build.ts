/*
 * A production build is one process during which the sources do not change, so results can be
 * cached. Lessons are checked outside the bundle that contains the pages, so that the two have no
 * module in common and share the cache through the global object.
 */
const shared = globalThis as { youLikeDockerBuild?: Map<string, Promise<unknown>> };

function known(): Map<string, Promise<unknown>> {
  return (shared.youLikeDockerBuild ??= new Map());
}

/**
 * The result of `get`, which is called once per build, or every time while lessons are being
 * written.
 * @param key cache key; must always be used with the same type
 */
export function onceForBuild<T>(key: string, get: () => Promise<T>): Promise<T> {
  if (process.env['YLD_STALE'] !== 'fail') return get();
  const found = (known().get(key) as Promise<T> | undefined) ?? get();
  known().set(key, found);
  return found;
}

/** Clears the cache at the start of a build: the results of an earlier build may be outdated. */
export function forgetBuild(): void {
  known().clear();
}
