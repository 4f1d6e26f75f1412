/** A file could not be written; the message says which. `record` then exits with status 1. */
export class WriteError extends Error {
  /** What to do next. */
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WriteError';
    this.hint = hint;
  }
}

/**
 * Turns an error of the file system into a `WriteError` for the folder; returns other errors
 * unchanged.
 */
export function asWriteError(error: unknown, folder: string): unknown {
  const refusal = refusalIn(error);
  if (refusal === undefined) return error;
  const { kind, why } = refusal;
  return new WriteError(`cannot write to ${folder}: ${why}`, HINTS[kind], error);
}

const HINTS = {
  full: 'free some space there, then run it again; the recordings are unchanged',
  forbidden: 'make it writable, or name another folder with --recordings DIR',
  other: 'check that folder and its disk',
};

/** Why the file system refused an operation; undefined for other errors. */
export function refusalIn(error: unknown): { kind: keyof typeof HINTS; why: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return undefined;
  // By the codes of errno(3).
  if (['ENOSPC', 'EDQUOT'].includes(error.code)) return { kind: 'full', why: 'its disk is full' };
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code))
    return { kind: 'forbidden', why: 'this user lacks permission' };
  return { kind: 'other', why: error.message };
}
