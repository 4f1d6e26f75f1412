import { z } from 'astro/zod';
import { faultsOf } from './faults.ts';

/**
 * The subset of the asciicast v3 format that recordings use:
 * https://docs.asciinema.org/manual/asciicast/v3/. A cast holds output, markers and the exit status
 * of the step. It never holds input, because keys that are not echoed (a password) must not be
 * published.
 */

const NO_HEADER = 'no asciicast v3 header';
const SIZE = z.int('a size is a whole number above 0').positive('a size is a whole number above 0');
const INTERVAL = 'an interval is a number of seconds, 0 or more';

const HEADER = z
  .object(
    {
      version: z.literal(3, NO_HEADER),
      title: z.string(),
      term: z.object({ cols: SIZE, rows: SIZE, type: z.string() }).readonly(),
      env: z.record(z.string(), z.string()).readonly(),
    },
    NO_HEADER,
  )
  .readonly();

/** First line of a cast file. */
export type CastHeader = z.infer<typeof HEADER>;

const EVENT = z
  .tuple(
    [
      z.number(INTERVAL).min(0, INTERVAL),
      z.enum(['o', 'm', 'x'], {
        error: ({ input }) => `unexpected event ${JSON.stringify(input)}`,
      }),
      z.string('the data of an event is text'),
    ],
    'an event has an interval, a code and data',
  )
  .readonly();

/**
 * One later line: seconds since the previous event, the event's code and its data. Codes: `o`
 * terminal output, `m` marker (one for each command, labeled with it), `x` exit status (last).
 */
export type CastEvent = z.infer<typeof EVENT>;

export interface Cast {
  readonly header: CastHeader;
  readonly events: readonly CastEvent[];
}

/** A text is not a valid cast; names the offending line. */
export class CastError extends Error {
  override readonly name = 'CastError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

/**
 * Encodes a cast file: one JSON value per line and a final newline. Rounds intervals to
 * milliseconds.
 */
export function encodeCast(cast: Cast): string {
  const events = cast.events.map(([interval, code, data]) =>
    JSON.stringify([Math.round(interval * 1000) / 1000, code, data]),
  );
  return [JSON.stringify(cast.header), ...events, ''].join('\n');
}

/**
 * Parses a cast file.
 * @throws {CastError} if a line does not match the format.
 */
export function parseCast(text: string): Cast {
  const lines = text.split('\n').map((content, index) => ({ content, line: index + 1 }));
  const [first, ...rest] = lines.filter(
    ({ content }) => content !== '' && !content.startsWith('#'),
  );
  if (first === undefined) throw new CastError(1, 'the file is empty, expected a header');
  const header = parsed(HEADER, first);
  const events = rest.map((line) => parsed(EVENT, line));
  return { header, events };
}

/** @param text the content of one line and its 1-based number */
function parsed<T>(schema: z.ZodType<T>, text: { content: string; line: number }): T {
  let value: unknown;
  try {
    value = JSON.parse(text.content);
  } catch {
    throw new CastError(text.line, 'not JSON');
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new CastError(text.line, faultsOf(error));
}
