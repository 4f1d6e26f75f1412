import { refusalIn, WriteError } from '../../src/store/write-error.ts';
import type { RecordResult } from './record.ts';

/** All was played, and then the recordings could not be replaced: they are as they were. */
export class UnwrittenError extends WriteError {
  /** How the run came out; nothing of it is written. */
  readonly result: RecordResult;

  constructor({ message, hint, cause }: WriteError, result: RecordResult) {
    super(message, hint, cause);
    this.name = 'UnwrittenError';
    this.result = { ...result, status: 1 };
  }
}

/**
 * What the file system refused in the file of a report, as such; any other error as it is.
 * @param written whether the recordings that the report tells of were replaced: then no other run can tell it again
 */
export function asReportError(error: unknown, file: string, written: boolean): unknown {
  const refusal = refusalIn(error);
  if (refusal === undefined) return error;
  const { kind, why } = refusal;
  const next = written
    ? 'the recordings were written all the same, and git diff shows what changed'
    : 'then run it again; the recordings are as they were';
  return new WriteError(
    `the report ${file} cannot be written: ${why}`,
    `${kind === 'full' ? 'free some space there' : 'name another file'}; ${next}`,
    error,
  );
}
