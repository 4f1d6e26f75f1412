import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../site/browser.ts';
import { Reader } from '../fixtures/reader.ts';
import { duration, type Table } from './table.ts';

const CLIENTS = 8;
const BROWSERS = 2;
const PEOPLE = 15;
/** Speeds of networks, in bits per second, for which the time is computed. */
const SPEEDS = [
  [50e6, 'Wi-Fi that gives 50 Mbit/s to all together'],
  [200e6, 'Wi-Fi that gives 200 Mbit/s to all together'],
  [940e6, 'a cable from the laptop to the router (1 Gbit/s), if the Wi-Fi could keep up'],
] as const;
const LESSON = 'lessons/small-images/';

/**
 * Measures what participants download from a kit, all at once: some the images for their own
 * Docker, others the first page, a lesson and the browser lab. Computes from it what a class needs.
 * @param kit the folder of the kit
 */
export async function fromTheKit(kit: string, report: (line: string) => void): Promise<Table[]> {
  const { serverOf } = (await import(pathToFileURL(join(kit, 'serve.mjs')).href)) as {
    serverOf: (root: string) => Server;
  };
  const server = serverOf(join(kit, 'site'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const sent = countBytes(server);
  const browser = await openBrowser();
  try {
    report(`${CLIENTS} clients and ${BROWSERS} browsers at once`);
    const start = performance.now();
    const [loads, visits] = await Promise.all([
      Promise.all(Array.from({ length: CLIENTS }, () => loadImages(url))),
      Promise.all(Array.from({ length: BROWSERS }, () => visit(browser, url))),
    ]);
    const [byClients, byBrowsers] = [sent.others(), sent.browsers()];
    const images = byClients / CLIENTS;
    const tab = byBrowsers / BROWSERS;
    const all = performance.now() - start;
    const together = images + tab;
    return [
      {
        title: `${CLIENTS} HTTP clients and ${BROWSERS} browsers at once, on the server's machine`,
        head: ['', 'bytes for each', 'slowest'],
        rows: [
          ['a client: the images, verified', mega(images), duration(Math.max(...loads))],
          [
            'a browser: first page, a lesson, browser lab, `docker run`',
            mega(tab),
            duration(Math.max(...visits)),
          ],
          ['everything', mega(byClients + byBrowsers), duration(all)],
        ],
      },
      {
        title: `Computed: ${PEOPLE} people`,
        head: ['', 'images', 'browser lab', 'both'],
        rows: [
          ['bytes', ...[images, tab, together].map((bytes) => mega(PEOPLE * bytes))],
          ...SPEEDS.map(([bits, name]) => [
            name,
            ...[images, tab, together].map((bytes) => minutes((8 * PEOPLE * bytes) / bits)),
          ]),
        ],
      },
    ];
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Counts the bytes that a server sends, to browsers and to others. */
function countBytes(server: Server): { browsers: () => number; others: () => number } {
  const sockets = new Map<Socket, boolean>();
  server.on('request', ({ socket, headers }: IncomingMessage) =>
    sockets.set(socket, headers['user-agent']?.includes('Chrome') === true),
  );
  const sum = (toBrowsers: boolean) => () =>
    [...sockets]
      .filter(([, isBrowser]) => isBrowser === toBrowsers)
      .reduce((bytes, [socket]) => bytes + socket.bytesWritten, 0);
  return { browsers: sum(true), others: sum(false) };
}

/** Downloads what `load.sh` does. Resolves with the time in milliseconds. */
async function loadImages(url: string): Promise<number> {
  const start = performance.now();
  const list = await (await fetch(`${url}images/SHA256SUMS`)).text();
  const [, wanted, archive] = /^(\w+) {2}(linux-\w+\.tar)$/m.exec(list) ?? [];
  if (archive === undefined) throw new Error(`no archive in images/SHA256SUMS:\n${list}`);
  const hash = createHash('sha256');
  const { body } = await fetch(`${url}images/${archive}`);
  for await (const chunk of body ?? []) hash.update(chunk as Uint8Array);
  if (hash.digest('hex') !== wanted) throw new Error(`${archive} arrived damaged`);
  return performance.now() - start;
}

/** Does what a participant without Docker does. Resolves with the time in milliseconds. */
async function visit(browser: Browser, url: string): Promise<number> {
  const start = performance.now();
  const reader = new Reader(await (await browser.newContext()).newPage());
  await reader.page.goto(url);
  await reader.page.goto(url + LESSON);
  await reader.openDocker();
  await reader.types('docker run --rm busybox true');
  return performance.now() - start;
}

function minutes(seconds: number): string {
  return seconds < 100 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`;
}

function mega(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
