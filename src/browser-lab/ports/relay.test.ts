import { execFile } from 'node:child_process';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { controlRequest } from '../format/control.ts';
import { LARGEST, relay, type Control } from './relay.ts';

/* Runs the commands in a real shell, against real sockets. */

let server: Server | undefined;
afterEach(() => server?.close());

const control: Control = (command) =>
  new Promise((resolve) => {
    expect(controlRequest(command).length).toBeLessThan(4095);
    execFile('sh', ['-c', command], { maxBuffer: 1 << 24 }, (error, stdout) =>
      resolve({ output: stdout, status: Number(error?.code ?? 0) }),
    );
  });

async function listen(answer: (socket: Socket) => void): Promise<number> {
  // Like some servers, this one ends a connection as soon as the other side sends no more.
  server = createServer({ allowHalfOpen: false }, (socket) => {
    // A client that has received enough resets the connection.
    socket.on('error', () => undefined);
    answer(socket);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers with what has arrived once that ends with an exclamation mark. */
const echo = (socket: Socket) => {
  const parts: Buffer[] = [];
  socket.on('data', (part) => {
    parts.push(part);
    const all = Buffer.concat(parts);
    if (all.at(-1) === 33) setTimeout(() => socket.end(all), 50);
  });
};

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const withEnd = (bytes: Uint8Array) => Uint8Array.from([...bytes, 33]);

test.each([
  ['in one command', withEnd(everyByte)],
  ['in pieces', withEnd(Uint8Array.from({ length: 5000 }, (_, at) => at % 251))],
])('bytes arrive unchanged, both ways: %s', async (_name, bytes) => {
  const answer = await relay(control, await listen(echo), bytes);
  expect(answer).toEqual({ kind: 'received', bytes });
});

test('a port at which nothing listens refuses', async () => {
  const port = await listen(echo);
  server?.close();
  expect(await relay(control, port, everyByte)).toEqual({ kind: 'refused' });
});

test('a response that is too large is not transferred', async () => {
  const port = await listen((socket) => socket.end(Buffer.alloc(LARGEST + 10_000)));
  expect(await relay(control, port, everyByte)).toEqual({ kind: 'large' });
});

test('so does one that closes the connection at once', async () => {
  const port = await listen((socket) => socket.resetAndDestroy());
  expect(await relay(control, port, everyByte)).toEqual({ kind: 'refused' });
});

test('a slow server and a stopped machine are different', async () => {
  const late: Control = () => Promise.resolve({ output: '', status: 124 });
  expect(await relay(late, 1, everyByte)).toEqual({ kind: 'slow' });
  expect(await relay(() => Promise.resolve(undefined), 1, everyByte)).toEqual({ kind: 'stopped' });
});
