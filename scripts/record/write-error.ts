/** The recordings could not be written; they are as they were. Ends `record` with status 1. */
export class WriteError extends Error {
  /** What to do next. */
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'WriteError';
    this.hint = hint;
  }
}

/** What the file system refused in `folder`, as such; any other error as it is. */
export function asWriteError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return error;
  const { why, hint } = REFUSALS[error.code] ?? {
    why: error.message,
    hint: 'see that folder and its disk',
  };
  return new WriteError(`nothing can be written in ${folder}: ${why}`, hint, error);
}

/** By the codes of errno(3). */
const REFUSALS: Readonly<Record<string, { why: string; hint: string }>> = {
  ...same(['ENOSPC', 'EDQUOT'], {
    why: 'its disk is full',
    hint: 'free some space there, then run it again; the recordings are as they were',
  }),
  ...same(['EACCES', 'EPERM', 'EROFS'], {
    why: 'this user may not',
    hint: 'make it writable, or name another folder with --recordings DIR',
  }),
};

function same<T>(codes: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(codes.map((code) => [code, value]));
}
