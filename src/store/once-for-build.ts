/*
 * A build that publishes is one process, and nothing changes meanwhile: what it has read or made once, it need not
 * again. Its lessons are checked outside of the bundle that its pages are, so that the two have no module in common:
 * they share what is known through the global object.
 */
const shared = globalThis as { youLikeDockerBuild?: Map<string, Promise<unknown>> };

function known(): Map<string, Promise<unknown>> {
  return (shared.youLikeDockerBuild ??= new Map());
}

/**
 * What `get` gives, asked once in a build; anew each time while lessons are written.
 * @param key names what is asked for: the same key always stands for the same type
 */
export function onceForBuild<T>(key: string, get: () => Promise<T>): Promise<T> {
  if (process.env['YLD_STALE'] !== 'fail') return get();
  const found = (known().get(key) as Promise<T> | undefined) ?? get();
  known().set(key, found);
  return found;
}

/** Begins a build: what an earlier one of the same process knew may have changed. */
export function forgetBuild(): void {
  known().clear();
}
