import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder in which labs keep what outlives a run: `you-like-docker` in the user's cache folder. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'you-like-docker');
}
