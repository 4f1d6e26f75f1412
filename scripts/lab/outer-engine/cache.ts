import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for everything that labs keep between runs, in the user's cache folder. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'you-like-docker');
}
