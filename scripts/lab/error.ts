/**
 * The lab itself failed: no way to an Engine, an image that cannot be built, an Engine that died.
 * Never a command that did something unexpected. Ends `record` with status 40.
 */
export class LabError extends Error {
  /** What the reader can do next, one sentence. */
  readonly hint: string;
  /** The end of the log that tells more (dockerd's, or a build's), if there is one. */
  readonly log?: string;

  constructor(message: string, hint: string, options: { log?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LabError';
    this.hint = hint;
    if (options.log) this.log = options.log;
  }
}
