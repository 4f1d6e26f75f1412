import { constants } from 'node:os';

/**
 * With which status a process ended, as a shell tells it: 128 and more if a signal ended it; null
 * as long as it runs.
 */
export function shellStatus(exitCode: number | null, signal: NodeJS.Signals | null): number | null {
  return signal === null ? exitCode : 128 + constants.signals[signal];
}
