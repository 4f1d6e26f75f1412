import { LabError } from '../lab/index.ts';
import { endStatus } from './interrupt.ts';

/**
 * Prints why the lab of a command failed, and how to fix it.
 * @returns the exit status of the command
 * @throws the error, if it is a bug
 */
export function labFailure(
  error: unknown,
  signal: AbortSignal,
  print: (text: string) => void,
): number {
  if (signal.aborted) return endStatus(signal);
  if (!(error instanceof LabError)) throw error;
  if (error.log) print(error.log);
  print(`${error.message}\n  to fix:   ${error.hint}`);
  return 40;
}
