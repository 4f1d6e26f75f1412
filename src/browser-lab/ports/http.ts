/** A request to a server in the machine. */
export interface HttpRequest {
  /** An address on this machine: see `onMachine`. */
  readonly address: URL;
  readonly method: 'GET' | 'POST';
  /** The body of a POST, with its media type. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
}

export interface HttpResponse {
  readonly status: number;
  /** By lowercase name. If a header comes twice, the last one counts. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What a server sent is not HTTP, or not all of it. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
}

/** Whether an address is one that the machine's own programs would reach as its own. */
export function onMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1');
}

export function portOf({ port }: URL): number {
  return port === '' ? 80 : Number(port);
}

/** The bytes of a request, after which the server closes the connection (RFC 9112). */
export function requestBytes({ address, method, body }: HttpRequest): Uint8Array<ArrayBuffer> {
  const lines = [
    `${method} ${address.pathname}${address.search} HTTP/1.1`,
    `Host: ${address.host}`,
    'User-Agent: Mozilla/5.0 (browser lab)',
    'Accept: text/html, */*',
    'Accept-Encoding: identity',
    'Connection: close',
    ...(body === undefined
      ? []
      : [`Content-Type: ${body.type}`, `Content-Length: ${body.bytes.length}`]),
  ];
  const head = new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n`);
  return joined([head, body?.bytes ?? new Uint8Array()]);
}

/**
 * Reads everything that a server sent until it closed the connection.
 * @throws {HttpError} if it is not HTTP, or if it ended early
 */
export function readResponse(bytes: Uint8Array<ArrayBuffer>): HttpResponse {
  const end = endOfHead(bytes);
  if (end === undefined) throw new HttpError('no HTTP headers');
  const [first = '', ...lines] = latin1(bytes.subarray(0, end)).trimEnd().split(/\r?\n/);
  const status = Number(/^HTTP\/1\.\d (\d{3})(?: |$)/.exec(first)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) throw new HttpError('no HTTP status');
  const rest = bytes.subarray(end);
  // An interim response, such as `100 Continue`, is followed by the real one.
  if (status < 200) return readResponse(rest);
  const headers = new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name = '', value = ''] = /^([^\s:]+):\s*(.*?)\s*$/.exec(line) ?? [];
      return name === '' ? [] : [[name.toLowerCase(), value]];
    }),
  );
  return { status, headers, body: bodyOf(status, headers, rest) };
}

function bodyOf(
  status: number,
  headers: ReadonlyMap<string, string>,
  rest: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  if (status === 204 || status === 304) return new Uint8Array();
  if (/\bchunked$/i.test(headers.get('transfer-encoding') ?? '')) return unchunked(rest);
  const length = headers.get('content-length');
  if (length === undefined) return rest;
  if (!/^\d+$/.test(length)) throw new HttpError(`Content-Length: ${length}`);
  if (rest.length < Number(length)) throw new HttpError(`${rest.length} of ${length} bytes`);
  return rest.subarray(0, Number(length));
}

/** The content of a body that was sent in chunks (RFC 9112, section 7.1). */
function unchunked(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf(LF, at);
    const size = /^[\da-f]{1,7}(?=\s*(?:;|$))/i.exec(latin1(bytes.subarray(at, end)).trim())?.[0];
    if (end < 0 || size === undefined) throw new HttpError('a chunk without a size');
    const length = Number.parseInt(size, 16);
    if (length === 0) return joined(chunks);
    at = end + 1;
    if (at + length > bytes.length) throw new HttpError('the last chunk is not complete');
    chunks.push(bytes.subarray(at, at + length));
    at = bytes.indexOf(LF, at + length) + 1;
    if (at === 0) throw new HttpError('the last chunk is missing');
  }
}

const [CR, LF] = [13, 10];

/** Index of the first byte after the empty line; undefined if there is none. */
function endOfHead(bytes: Uint8Array): number | undefined {
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    const next = bytes[at + 1] === CR ? at + 2 : at + 1;
    if (bytes[next] === LF) return next + 1;
  }
  return undefined;
}

/** The text of headers: each byte is a character. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
