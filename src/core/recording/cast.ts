import { z } from 'astro/zod';
import { faultsOf } from './faults.ts';

/**
 * The asciicast v3 format, as far as a recording uses it: https://docs.asciinema.org/manual/asciicast/v3/.
 * A cast holds output, markers, and the exit status of the step. It never holds input: keys that are
 * not echoed (a password) must not be published.
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
 * One later line: seconds since the event before it, what it is, and its data.
 * `o` terminal output, `m` a marker (one a command; its label is the command), `x` exit status, last.
 */
export type CastEvent = z.infer<typeof EVENT>;

export interface Cast {
  readonly header: CastHeader;
  readonly events: readonly CastEvent[];
}

/** A text that is no cast of ours, with the line that says so. */
export class CastError extends Error {
  override readonly name = 'CastError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

/** The text of a cast file: one JSON value a line, a final newline. Intervals are rounded to milliseconds. */
export function encodeCast(cast: Cast): string {
  const events = cast.events.map(([interval, code, data]) =>
    JSON.stringify([Math.round(interval * 1000) / 1000, code, data]),
  );
  return [JSON.stringify(cast.header), ...events, ''].join('\n');
}

/**
 * Reads a cast file back.
 * @throws {CastError} where a line is not what the format or a recording asks for.
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

/** @param text of one line, and its number (1-based) */
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
