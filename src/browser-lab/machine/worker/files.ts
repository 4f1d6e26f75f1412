import type { VmFile } from '../../format/manifest.ts';

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
   * @param name of what is kept of it
   */
  static async open(base: string, name: string): Promise<Files> {
    const cache = await caches.open(`${cachePrefix(base)}${name}`).catch(() => undefined);
    return new Files(base, cache);
  }

  /** Throws away what is kept of the folder under other names. */
  static async forgetOthers(base: string, name: string): Promise<void> {
    try {
      for (const other of await caches.keys())
        if (other.startsWith(cachePrefix(base)) && other !== `${cachePrefix(base)}${name}`)
          await caches.delete(other);
    } catch {
      // It only takes room.
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
    const bytes = await this.fetchedPart(path);
    await this.keep(path, bytes);
    return bytes;
  }

  /**
   * Has a part of the disk at hand without a network.
   * @returns its bytes
   * @throws {FileFault} if it cannot be had, or not be kept
   */
  async keepPart(path: string): Promise<number> {
    const kept = await this.kept(path);
    if (kept !== undefined) return (await kept.blob()).size;
    const bytes = await this.fetchedPart(path);
    if (!(await this.keep(path, bytes)))
      throw new FileFault(`the browser has no room for ${path}, or keeps nothing`);
    return bytes.byteLength;
  }

  /** Throws a file away that turned out to be none of the lab's. */
  async forget(path: string): Promise<void> {
    await this.cache?.delete(this.base + path).catch(() => undefined);
  }

  private async fetchedPart(path: string): Promise<ArrayBuffer> {
    const response = await this.fetched(path);
    const bytes = await response.arrayBuffer();
    this.network += bytes.byteLength;
    return bytes;
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

  /** Whether it is kept; if there is no room, the next visit fetches it again. */
  private async keep(path: string, bytes: ArrayBuffer): Promise<boolean> {
    try {
      await this.cache?.put(this.base + path, new Response(bytes));
      return this.cache !== undefined;
    } catch {
      return false;
    }
  }
}

/** What names of a lab's caches begin with: the pages' cache has another, and so has another site at the same host. */
function cachePrefix(base: string): string {
  return `lab ${new URL(base).pathname} `;
}

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
