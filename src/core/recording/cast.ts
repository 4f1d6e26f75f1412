import { isRecord } from './json.ts';

/**
 * The asciicast v3 format, as far as a recording uses it: https://docs.asciinema.org/manual/asciicast/v3/.
 * A cast holds output, markers, and the exit status of the step. It never holds input: keys that are
 * not echoed (a password) must not be published.
 */

/** First line of a cast file. */
export interface CastHeader {
  readonly version: 3;
  readonly title: string;
  readonly term: { readonly cols: number; readonly rows: number; readonly type: string };
  readonly env: Readonly<Record<string, string>>;
}

/**
 * One later line: seconds since the event before it, what it is, and its data.
 * `o` terminal output, `m` a marker (one a command; its label is the command), `x` exit status, last.
 */
export type CastEvent = readonly [interval: number, code: 'o' | 'm' | 'x', data: string];

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
  const lines = text.split('\n').map((content, index) => ({ content, number: index + 1 }));
  const [first, ...rest] = lines.filter(
    ({ content }) => content !== '' && !content.startsWith('#'),
  );
  if (first === undefined) throw new CastError(1, 'the file is empty, expected a header');
  const header = parseHeader(parseJson(first.content, first.number), first.number);
  const events = rest.map(({ content, number }) => parseEvent(parseJson(content, number), number));
  return { header, events };
}

function parseJson(content: string, line: number): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new CastError(line, 'not JSON');
  }
}

function parseHeader(value: unknown, line: number): CastHeader {
  if (!isRecord(value) || value['version'] !== 3)
    throw new CastError(line, 'no asciicast v3 header');
  const { term, title, env } = value;
  if (!isRecord(term)) throw new CastError(line, '`term` is missing');
  const { cols, rows, type } = term;
  if (!isCount(cols) || !isCount(rows))
    throw new CastError(line, '`term.cols` and `term.rows` must be whole numbers above 0');
  if (typeof type !== 'string' || typeof title !== 'string')
    throw new CastError(line, '`term.type` and `title` must be text');
  if (!isRecord(env) || !isTexts(env)) throw new CastError(line, '`env` must hold texts');
  return { version: 3, title, term: { cols, rows, type }, env };
}

function parseEvent(value: unknown, line: number): CastEvent {
  if (!Array.isArray(value) || value.length !== 3)
    throw new CastError(line, 'an event has an interval, a code and data');
  const [interval, code, data] = value as [unknown, unknown, unknown];
  if (typeof interval !== 'number' || !(interval >= 0))
    throw new CastError(line, 'an interval is a number of seconds, 0 or more');
  if (code !== 'o' && code !== 'm' && code !== 'x')
    throw new CastError(line, `unexpected event ${JSON.stringify(code)}`);
  if (typeof data !== 'string') throw new CastError(line, "an event's data is text");
  return [interval, code, data];
}

function isTexts(value: Record<string, unknown>): value is Record<string, string> {
  return Object.values(value).every((entry) => typeof entry === 'string');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
