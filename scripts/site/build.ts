import { fileURLToPath } from 'node:url';
import { build, dev, preview } from 'astro';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface BuildOptions {
  /** What to do about a step without an up-to-date recording: fail, or show it with a note. */
  readonly stale: 'fail' | 'show';
  /** Absolute path of the project folder; this project if absent. */
  readonly root?: string;
  /** Absolute path of the folder to build; `dist` in the project if absent. */
  readonly outDir?: string;
}

export interface ServeOptions {
  /** Port of the server; if it is taken, the next free one is used. */
  readonly port: number;
  readonly root?: string;
}

/** A server that runs until it is closed. */
export interface Served {
  /** Address of the first page. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Builds the site, including the search index, from the lessons and the committed recordings.
 * @throws {Error} whose message lists every problem in every lesson, with file, line and fix.
 */
export async function buildSite({ stale, root = ROOT, outDir }: BuildOptions): Promise<void> {
  process.env['YLD_STALE'] = stale;
  await build({ root, ...(outDir !== undefined && { outDir }), logLevel: 'warn' });
}

/** Serves the built site with content types, its 404 page, and the base path it was built for. */
export async function serveSite({ port, root = ROOT }: ServeOptions): Promise<Served> {
  const server = await preview({ root, logLevel: 'error', server: { port } });
  return { url: addressOf(server.port), close: () => server.stop() };
}

/** Serves the site from its source files; pages reload when a lesson or a recording changes. */
export async function devSite({ port, root = ROOT }: ServeOptions): Promise<Served> {
  process.env['YLD_STALE'] = 'show';
  const server = await dev({ root, logLevel: 'warn', server: { port } });
  return { url: addressOf(server.address.port), close: () => server.stop() };
}

/** Address of the first page. Reads the base path as astro.config.mjs does. */
function addressOf(port: number): string {
  const base = process.env['BASE_PATH'] ?? '/';
  return new URL(base.replace(/\/?$/, '/'), `http://localhost:${port}`).href;
}
