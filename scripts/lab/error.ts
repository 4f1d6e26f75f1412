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

/** What the outer Engine refused, or why it did not answer, as a failure of the lab. */
export function asLabError(error: unknown, what: string): LabError {
  if (error instanceof LabError) return error;
  const reason = error instanceof Error ? error.message.trim() : String(error);
  const hint = /no space left on device/i.test(reason) ? FULL : UNFIT;
  return new LabError(`${what}: ${reason}`, hint, { cause: error });
}

const FULL =
  'free some space where the Engine that hosts the labs keeps its data; npm run lab -- --clean removes all that labs keep there';
const UNFIT =
  'the Engine that hosts the labs must stay up and be able to run privileged Linux containers; ' +
  'another one can be named with DOCKER_HOST';
