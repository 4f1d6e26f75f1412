import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** A server whose connections share a limited bandwidth. */
export interface SlowServer {
  readonly url: string;
  /** Bytes of response bodies sent so far. */
  readonly sent: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Serves a folder as a plain static host would, with limited bandwidth. The throttling of the
 * browser would not cover requests of workers.
 * @param bytesPerSecond the bandwidth; at most a twentieth of a second is held back
 */
export async function serveSlowly(folder: string, bytesPerSecond: number): Promise<SlowServer> {
  let sent = 0;
  /** When the connection is free again, in milliseconds of `performance.now()`. */
  let free = 0;
  const pass = async (bytes: number) => {
    sent += bytes;
    const now = performance.now();
    free = Math.max(free, now) + (bytes / bytesPerSecond) * 1000;
    if (free - now > 50) await sleep(free - now);
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const path = normalize(join(folder, decodeURIComponent(pathname)));
      const file = path.endsWith(sep) ? join(path, 'index.html') : path;
      const found = await stat(file).catch(() => undefined);
      if (!file.startsWith(folder) || found?.isFile() !== true) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-length': found.size,
      });
      for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
