import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes per second of a 50 Mbit/s connection. */
const BANDWIDTH = 50e6 / 8;

/** A server whose connections share a limited bandwidth. */
export interface SlowServer {
  readonly url: string;
  /** Bytes of response bodies sent so far. */
  readonly sent: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Passes on the responses of another server with limited bandwidth, of which at most a twentieth of
 * a second is held back. The throttling of the browser would not cover requests of workers.
 * @param origin address of the other server
 */
export async function serveSlowly(origin: string): Promise<SlowServer> {
  let sent = 0;
  /** When the connection is free again, in milliseconds of `performance.now()`. */
  let free = 0;
  const pass = async (bytes: number) => {
    sent += bytes;
    const now = performance.now();
    free = Math.max(free, now) + (bytes / BANDWIDTH) * 1000;
    if (free - now > 50) await sleep(free - now);
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { status, headers, body } = await fetch(new URL(request.url ?? '/', origin));
      const passed = ['content-type', 'content-length'].flatMap((name) => {
        const value = headers.get(name);
        return value === null ? [] : [[name, value] as const];
      });
      response.writeHead(status, Object.fromEntries(passed));
      for await (const piece of body ?? []) {
        await pass(piece.length);
        if (response.destroyed) return;
        response.write(piece);
      }
      response.end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    sent: () => sent,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
