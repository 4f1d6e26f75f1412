import type { Connection } from './connection.ts';

/** A request without a body. */
export interface HttpRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Answers requests. If it fails, the response has the status 503. */
export type HttpService = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  206: 'Partial Content',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  416: 'Range Not Satisfiable',
  503: 'Service Unavailable',
};
/** Longest head of a request, in bytes. */
const LONGEST = 65_536;

const encoder = new TextEncoder();

/** A response of plain text. */
export function textResponse(status: number, text: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body: encoder.encode(text) };
}

/** Serves requests over a connection, one after another (RFC 9112). */
export function serveHttp(connection: Connection, service: HttpService): void {
  let pending = '';
  let work = Promise.resolve();
  const decoder = new TextDecoder('latin1');
  connection.events = {
    data: (bytes) => {
      pending += decoder.decode(bytes, { stream: true });
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const head = pending.slice(0, end);
        pending = pending.slice(end + 4);
        work = work.then(() => answer(connection, head, service));
      }
      if (pending.length > LONGEST) connection.abort();
    },
    ended: () => {
      work = work.then(() => connection.end());
    },
  };
}

async function answer(connection: Connection, head: string, service: HttpService): Promise<void> {
  const request = parseHead(head);
  let response: HttpResponse;
  if (request === undefined) response = textResponse(400, 'not a request\n');
  else if (request.method !== 'GET' && request.method !== 'HEAD')
    // A body may follow, so this connection cannot be used again.
    response = textResponse(405, 'this server only has files\n');
  else {
    try {
      response = partOf(await service(request), request);
    } catch (error) {
      response = textResponse(503, `${String(error)}\n`);
    }
  }
  const closes = response.status === 400 || response.status === 405;
  const headers = {
    ...response.headers,
    'content-length': String(response.body.length),
    ...(closes && { connection: 'close' }),
  };
  const lines = [
    `HTTP/1.1 ${response.status} ${REASONS[response.status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  connection.write(encoder.encode(`${lines.join('\r\n')}\r\n\r\n`));
  if (request?.method !== 'HEAD') connection.write(response.body);
  if (closes) connection.end();
}

function parseHead(head: string): HttpRequest | undefined {
  const [first = '', ...lines] = head.split('\r\n');
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  try {
    const path = decodeURIComponent(target.replace(/^http:\/\/[^/]*/, '').replace(/\?.*/s, ''));
    return { method, path, headers };
  } catch {
    return undefined;
  }
}

/** Applies a range of bytes that the request asks for (RFC 9110, 14.2), if it is a single one. */
function partOf(response: HttpResponse, { headers }: HttpRequest): HttpResponse {
  const { status, body } = response;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.get('range') ?? '') ?? [];
  if (status !== 200 || from === undefined) return response;
  const start = Number(from);
  const end = to === undefined || to === '' ? body.length : Math.min(Number(to) + 1, body.length);
  if (start >= end) return textResponse(416, '');
  const range = `bytes ${start}-${end - 1}/${body.length}`;
  return {
    status: 206,
    headers: { ...response.headers, 'content-range': range },
    body: body.subarray(start, end),
  };
}
