import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { OnProgress } from '../model.ts';

/** Prefix of a line that a build script prints for the user. */
const MARK = 'lab: ';
const KEPT_LINES = 30;

/**
 * Reports the lines that a build prints for the user. @returns the end of the rest of its output
 */
export async function progressOf(
  stdout: Readable,
  stderr: Readable,
  report: OnProgress,
): Promise<string> {
  const kept: string[] = [];
  const follow = async (input: Readable): Promise<void> => {
    for await (const line of createInterface({ input })) {
      if (line.startsWith(MARK)) report(line.slice(MARK.length));
      else kept.push(line);
    }
  };
  await Promise.all([follow(stdout), follow(stderr)]);
  return kept.slice(-KEPT_LINES).join('\n');
}
