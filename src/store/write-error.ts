/** What was to be written could not be; the message says what. Ends `record` with status 1. */
export class WriteError extends Error {
  /** What to do next. */
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WriteError';
    this.hint = hint;
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

/** Why the file system refused, if that is what the error says. */
export function refusalIn(error: unknown): { kind: keyof typeof HINTS; why: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return undefined;
  // By the codes of errno(3).
  if (['ENOSPC', 'EDQUOT'].includes(error.code)) return { kind: 'full', why: 'its disk is full' };
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code))
    return { kind: 'forbidden', why: 'this user may not' };
  return { kind: 'other', why: error.message };
}
