import { execFile } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Client } from './client.ts';
import type { Control } from './relay.ts';

/* Against real servers, through the commands that the machine's hidden shell runs. */

let server: Server | undefined;
afterEach(() => server?.close());

let running = 0;
let most = 0;
const control: Control = (command) =>
  new Promise((resolve) => {
    most = Math.max(most, ++running);
    execFile('sh', ['-c', command], { maxBuffer: 1 << 24 }, (error, stdout) => {
      running--;
      resolve({ output: stdout, status: Number(error?.code ?? 0) });
    });
  });
const client = new Client(control);

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

async function visit(address: string, form?: string, signal?: AbortSignal) {
  const body = form === undefined ? undefined : { type: 'text/plain', bytes: bytesOf(form) };
  const request = { address: new URL(address), ...(body && { body }) };
  const found = await client.visit({ ...request, method: body ? 'POST' : 'GET' }, signal);
  return 'problem' in found
    ? { address: found.address.href, problem: found.problem }
    : { address: found.address.href, text: new TextDecoder().decode(found.response.body) };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Answers with method and body, in two chunks. */
const echo: RequestListener = (request, response) => {
  let sent = '';
  request.on('data', (part) => (sent += String(part)));
  request.on('end', () => {
    response.write(`${request.method ?? ''} ${request.url ?? ''}: `);
    response.end(sent);
  });
};

test('a page arrives, and so does what a POST sends', async () => {
  const home = await serve(echo);
  expect(await visit(`${home}a?b#c`)).toEqual({ address: `${home}a?b#c`, text: 'GET /a?b: ' });
  const form = 'grüße '.repeat(1000);
  expect(await visit(home, form)).toEqual({ address: home, text: `POST /: ${form}` });
});

test('requests are sent one after another', async () => {
  const home = await serve(echo);
  most = 0;
  const texts = await Promise.all(['1', '2', '3'].map((name) => visit(home + name)));
  expect(texts.map(({ text }) => text)).toEqual(['GET /1: ', 'GET /2: ', 'GET /3: ']);
  expect(most).toBe(1);
});

test.each([
  [302, 'GET'],
  [303, 'GET'],
  [307, 'POST'],
])('after a redirect with %d, a POST is a %s', async (status, method) => {
  const home = await serve((request, response) => {
    if (request.url === '/form') response.writeHead(status, { location: 'next?x' }).end();
    else response.end(request.method);
  });
  expect(await visit(`${home}form#part`, 'x')).toEqual({
    address: `${home}next?x#part`,
    text: method,
  });
});

test('a redirect away from the machine is not followed', async () => {
  const home = await serve((_request, response) =>
    response.writeHead(302, { location: 'http://example.com/' }).end(),
  );
  expect(await visit(home)).toEqual({ address: 'http://example.com/', problem: 'outside' });
  expect(await visit('https://localhost/')).toMatchObject({ problem: 'outside' });
});

test('redirects in a circle end', async () => {
  const home = await serve((_request, response) =>
    response.writeHead(302, { location: '/' }).end(),
  );
  expect(await visit(home)).toEqual({ address: home, problem: 'redirects' });
});

test('a server with another protocol, and none', async () => {
  const home = await serve(echo);
  server?.on('connection', (socket) => socket.end('-ERR what?\r\n'));
  expect(await visit(home)).toMatchObject({ problem: 'protocol' });
  server?.close();
  expect(await visit(home)).toMatchObject({ problem: 'refused' });
});

test('what nobody waits for any more is not requested', async () => {
  let requests = 0;
  const leaving = new AbortController();
  const home = await serve((_request, response) => {
    leaving.abort();
    response.end(String(++requests));
  });
  const visits = [visit(home, undefined, leaving.signal), visit(home, undefined, leaving.signal)];
  expect(await Promise.all(visits)).toMatchObject([{ text: '1' }, { problem: 'stopped' }]);
  expect(requests).toBe(1);
});
