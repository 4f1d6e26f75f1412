import type { RecordResult } from './record.ts';

/** Something that a run leaves behind could not be written; the message says what. Ends `record` with status 1. */
export class WriteError extends Error {
  /** What to do next. */
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WriteError';
    this.hint = hint;
  }
}

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

/** What the file system refused in the folder of the recordings, as such; any other error as it is. */
export function asWriteError(error: unknown, folder: string): unknown {
  const refusal = refusalIn(error);
  if (refusal === undefined) return error;
  const { kind, why } = refusal;
  return new WriteError(`nothing can be written in ${folder}: ${why}`, HINTS[kind], error);
}

const HINTS = {
  full: 'free some space there, then run it again; the recordings are as they were',
  forbidden: 'make it writable, or name another folder with --recordings DIR',
  other: 'see that folder and its disk',
};

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

/** Why the file system refused, if that is what the error says. */
function refusalIn(error: unknown): { kind: keyof typeof HINTS; why: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return undefined;
  // By the codes of errno(3).
  if (['ENOSPC', 'EDQUOT'].includes(error.code)) return { kind: 'full', why: 'its disk is full' };
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code))
    return { kind: 'forbidden', why: 'this user may not' };
  return { kind: 'other', why: error.message };
}
