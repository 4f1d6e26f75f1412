import { expect, test } from 'vitest';
import { HttpError, onMachine, readResponse, requestBytes } from './http.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (of: Uint8Array) => new TextDecoder().decode(of);
const read = (response: string) => {
  const { status, headers, body } = readResponse(bytes(response));
  return { status, headers: Object.fromEntries(headers), body: text(body) };
};

test('only addresses of the machine itself are asked', () => {
  const asked = ['http://localhost:8080/', 'http://127.0.0.1/', 'http://LOCALHOST:1/x'];
  const others = [
    'https://localhost:8080/',
    'http://localhost.example.com/',
    'http://example.com:8080/',
    'http://localhost@example.com/',
    'data:text/html,',
  ];
  expect(asked.filter((address) => onMachine(new URL(address)))).toEqual(asked);
  expect(others.filter((address) => onMachine(new URL(address)))).toEqual([]);
});

test('a request names its host, its path with the query, and the size of its body', () => {
  const address = new URL('http://localhost:8080/a b?q=ü#part');
  const body = { type: 'text/plain', bytes: bytes('ü!') };
  const sent = text(requestBytes({ address, method: 'POST', body }));
  expect(sent.split('\r\n')).toEqual([
    'POST /a%20b?q=%C3%BC HTTP/1.1',
    'Host: localhost:8080',
    expect.stringMatching(/^User-Agent: /),
    expect.stringMatching(/^Accept: /),
    'Accept-Encoding: identity',
    'Connection: close',
    'Content-Type: text/plain',
    'Content-Length: 3',
    '',
    'ü!',
  ]);
  expect(text(requestBytes({ address, method: 'GET' }))).toMatch(/close\r\n\r\n$/);
});

test('nothing in an address can add a header', () => {
  const address = new URL('http://localhost:8080/\r\nX: 1?\r\nY: 2');
  expect(text(requestBytes({ address, method: 'GET' }))).not.toMatch(/^[XY]:/m);
});

test.each<[string, string, string]>([
  ['up to the end of the connection', 'HTTP/1.0 200 OK\r\nA: b\r\n\r\nall\nof it', 'all\nof it'],
  ['as long as the header says', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nall and more', 'all'],
  [
    'in chunks, with extensions and a trailer',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\nA;x=y\r\n\r\ntwo\r\n456\r\n0\r\nT: t\r\n\r\n',
    'one\r\ntwo\r\n456',
  ],
  ['empty', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
  ['after an interim response', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx', 'x'],
  ['after lines that end with a line feed only', 'HTTP/1.1 200\nA: b\n\nx', 'x'],
])('a body: %s', (_name, response, body) => {
  expect(read(response).body).toBe(body);
});

test('status and headers, whose names are lowercase', () => {
  const response = 'HTTP/1.1 302 Found\r\nLOCATION:  /next \r\nbroken line\r\n\r\n';
  expect(read(response)).toEqual({ status: 302, headers: { location: '/next' }, body: '' });
});

test.each([
  ['nothing', ''],
  ['another protocol', "-ERR unknown command 'GET'\r\n"],
  ['another protocol with an empty line', 'hello\r\n\r\nworld'],
  ['HTTP without an end of its headers', 'HTTP/1.1 200 OK\r\nA: b\r\n'],
  ['only an interim response', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['less than announced', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc'],
  ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc'],
  ['a chunk that ends early', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nx'],
  ['chunks without a last one', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n'],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n'],
])('refuses %s', (_name, response) => {
  expect(() => read(response)).toThrow(HttpError);
});
