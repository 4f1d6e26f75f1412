import type { VmFile } from '../../../vm/manifest.ts';

/** Takes how many bytes of a file have come. */
export type OnBytes = (bytes: number) => void;

/** A file of the lab's folder that could not be had. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}

/**
 * The files of the lab's folder: from the browser's cache where they are kept, else from the network, and kept then. Their names
 * hold a part of their hash, so what is kept never grows old. A browser without a cache, or without room, goes on without.
 */
export class Files {
  /** Bytes that came over the network. */
  network = 0;
  private readonly base: string;
  private readonly cache: Cache | undefined;

  private constructor(base: string, cache: Cache | undefined) {
    this.base = base;
    this.cache = cache;
  }

  /**
   * @param base address of the folder
   * @param name of the cache; others of the lab are thrown away
   */
  static async open(base: string, name: string): Promise<Files> {
    try {
      for (const other of await caches.keys())
        if (other.startsWith(CACHE_PREFIX) && other !== CACHE_PREFIX + name)
          await caches.delete(other);
      return new Files(base, await caches.open(CACHE_PREFIX + name));
    } catch {
      return new Files(base, undefined);
    }
  }

  /**
   * A file whose size and hash the manifest names.
   * @throws {FileFault} if it cannot be had, or is another
   */
  async named(file: VmFile, onBytes: OnBytes): Promise<ArrayBuffer> {
    const kept = await this.kept(file.path);
    if (kept !== undefined) {
      const bytes = await kept.arrayBuffer();
      if (bytes.byteLength === file.bytes) {
        onBytes(bytes.byteLength);
        return bytes;
      }
    }
    const response = await this.fetched(file.path);
    const bytes = await readAll(response, file.bytes, onBytes);
    this.network += bytes.byteLength;
    if (!(await isHash(bytes, file.sha256)))
      throw new FileFault(
        `${file.path} is not the file that the manifest names: reload the page, or build the site again`,
      );
    await this.keep(file.path, bytes);
    return bytes;
  }

  /**
   * A part of the disk.
   * @throws {FileFault} if it cannot be had
   */
  async part(path: string): Promise<ArrayBuffer> {
    const kept = await this.kept(path);
    if (kept !== undefined) return kept.arrayBuffer();
    const response = await this.fetched(path);
    const bytes = await response.arrayBuffer();
    this.network += bytes.byteLength;
    await this.keep(path, bytes);
    return bytes;
  }

  /** Whether a file is kept. */
  async has(path: string): Promise<boolean> {
    return (await this.kept(path)) !== undefined;
  }

  private kept(path: string): Promise<Response | undefined> {
    return this.cache?.match(this.base + path) ?? Promise.resolve(undefined);
  }

  private async fetched(path: string): Promise<Response> {
    const response = await fetch(this.base + path).catch((error: unknown) => {
      throw new FileFault(`${path} could not be fetched: ${String(error)}`);
    });
    if (!response.ok)
      throw new FileFault(`${path} could not be fetched: the server said ${response.status}`);
    return response;
  }

  private async keep(path: string, bytes: ArrayBuffer): Promise<void> {
    try {
      await this.cache?.put(this.base + path, new Response(bytes));
    } catch {
      // No room: the next visit fetches it again.
    }
  }
}

/** What names of the lab's caches begin with; the pages' cache has another. */
const CACHE_PREFIX = 'lab-';

async function readAll(response: Response, size: number, onBytes: OnBytes): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next?.value === undefined) break;
    if (at + next.value.length > size)
      throw new FileFault(`${response.url} is longer than ${size}`);
    bytes.set(next.value, at);
    at += next.value.length;
    onBytes(next.value.length);
  }
  if (at !== size) throw new FileFault(`${response.url} ended after ${at} of ${size} bytes`);
  return bytes.buffer;
}

/** A page that was not loaded over HTTPS has no `crypto.subtle`: nothing to compare with then. */
async function isHash(bytes: ArrayBuffer, sha256: string): Promise<boolean> {
  const subtle = (globalThis.crypto as { subtle?: SubtleCrypto }).subtle;
  if (subtle === undefined) return true;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return sha256 === Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
