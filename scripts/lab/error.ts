/**
 * The lab itself failed: no Engine can be reached, an image cannot be built, or an Engine died. A
 * command that did something unexpected is never a `LabError`. `record` exits with 40.
 */
export class LabError extends Error {
  /** What the user can do next, in one sentence. */
  readonly hint: string;
  /** The end of a log with details (of dockerd or a build), if there is one. */
  readonly log?: string;

  constructor(message: string, hint: string, options: { log?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LabError';
    this.hint = hint;
    if (options.log) this.log = options.log;
  }
}

/** Converts an error of the outer Engine, or of the connection to it, to a failure of the lab. */
export function asLabError(error: unknown, what: string): LabError {
  if (error instanceof LabError) return error;
  const reason = error instanceof Error ? error.message.trim() : String(error);
  const hint = /no space left on device/i.test(reason) ? FULL : UNFIT;
  return new LabError(`${what}: ${reason}`, hint, { cause: error });
}

const FULL =
  'free some space where the Engine that hosts the labs keeps its data; ' +
  'npm run lab -- --clean removes everything that labs keep there';
const UNFIT =
  'the Engine that hosts the labs must stay up and be able to run privileged Linux containers; ' +
  'set DOCKER_HOST to use another one';
