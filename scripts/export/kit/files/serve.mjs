// @ts-check
/*
 * A small web server for the folder `site` next to this file. It needs Node.js 20 or newer, and
 * nothing else:
 *
 *   node serve.mjs [PORT]
 */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';

const PORT = 8000;

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.cast': 'text/plain; charset=utf-8',
  '.sh': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.pdf': 'application/pdf',
  '.epub': 'application/epub+zip',
  '.wasm': 'application/wasm',
};

/**
 * A server for the files of a folder, which does not listen yet.
 * @param {string} root
 */
export function serverOf(root) {
  return createServer((request, response) => {
    answer(root, request, response).catch(() => response.destroy());
  });
}

/**
 * @param {string} root
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(root, request, response) {
  /** @type {(status: number, headers?: Record<string, string>) => void} */
  const end = (status, headers = {}) => void response.writeHead(status, headers).end();
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return end(405, { Allow: 'GET, HEAD' });
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const found = await find(root, pathname);
  if (found === 'folder') return end(301, { Location: `${pathname}/` });
  const { path, status } = found ?? { path: join(root, '404.html'), status: 404 };
  const { size, mtime } = await stat(path);
  // Browsers ask again each time, and get the file only if it is another one.
  const modified = mtime.toUTCString();
  const headers = { 'Last-Modified': modified, 'Cache-Control': 'no-cache' };
  if (status === 200 && request.headers['if-modified-since'] === modified) return end(304, headers);
  response.writeHead(status, {
    ...headers,
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Length': size,
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.method === 'HEAD') return void response.end();
  pipeline(createReadStream(path), response, () => undefined);
}

/**
 * The file at a path of an address; 'folder' if it lacks its last slash; undefined if none.
 * @param {string} root
 * @param {string} pathname
 * @returns {Promise<'folder' | { path: string, status: number } | undefined>}
 */
async function find(root, pathname) {
  try {
    const path = join(root, decodeURIComponent(pathname));
    // Nothing outside of the folder, whatever the address or a link in the folder says.
    if (!`${await realpath(path)}/`.startsWith(`${await realpath(root)}/`)) return undefined;
    if (!(await stat(path)).isDirectory()) return { path, status: 200 };
    if (!pathname.endsWith('/')) return 'folder';
    const index = join(path, 'index.html');
    return (await stat(index)).isFile() ? { path: index, status: 200 } : undefined;
  } catch {
    return undefined;
  }
}

/** Serves the site, and prints where. */
function main() {
  const port = Number(process.argv[2] ?? PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    console.error(`${process.argv[2]} is not a port.\n  node serve.mjs [PORT]`);
    process.exit(2);
  }
  const server = serverOf(fileURLToPath(new URL('site', import.meta.url)));
  server.on('error', (error) => {
    console.error(`The site cannot be served: ${error.message}`);
    console.error(`  to fix:   choose another port: node serve.mjs ${port + 1}`);
    process.exitCode = 1;
  });
  server.listen(port, () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    console.log(`On this computer: http://localhost:${port}/`);
    for (const { address } of addresses) console.log(`In the network: http://${address}:${port}/`);
    console.log('Ctrl-C ends it.');
  });
}

if (
  process.argv[1] !== undefined &&
  (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)
)
  main();
