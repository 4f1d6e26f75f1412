import type { VmFile } from '../../format/manifest.ts';

/** Called with the number of bytes of a file that have arrived. */
export type OnBytes = (bytes: number) => void;

/** A file in the lab's folder could not be loaded or stored. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}

/**
 * The files in the lab's folder, loaded from the browser's cache or else from the network and then
 * stored. Their names contain part of their hash, so cached files never become outdated. Works
 * without a cache if there is none or if it is full.
 */
export class Files {
  /** Bytes loaded over the network. */
  network = 0;
  private readonly base: string;
  private readonly cache: Cache | undefined;

  private constructor(base: string, cache: Cache | undefined) {
    this.base = base;
    this.cache = cache;
  }

  /**
   * @param base address of the folder
   * @param name name of its cache
   */
  static async open(base: string, name: string): Promise<Files> {
    try {
      return new Files(base, await caches.open(`${cachePrefix(base)}${name}`));
    } catch {
      // The browser stores nothing, or the page was loaded over plain HTTP.
      return new Files(base, undefined);
    }
  }

  /** Deletes the folder's caches with other names. */
  static async forgetOthers(base: string, name: string): Promise<void> {
    try {
      for (const other of await caches.keys())
        if (other.startsWith(cachePrefix(base)) && other !== `${cachePrefix(base)}${name}`)
          await caches.delete(other);
    } catch {
      // The old caches only take up space.
    }
  }

  /**
   * Loads a file whose size and hash are in the manifest.
   * @throws {FileFault} if it cannot be loaded, or if it is a different file
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
        `${file.path} does not match the manifest: reload the page, or build the site again`,
      );
    await this.keep(file.path, bytes);
    return bytes;
  }

  /**
   * Loads a part of the disk.
   * @throws {FileFault} if it cannot be loaded
   */
  async part(path: string): Promise<ArrayBuffer> {
    const kept = await this.kept(path);
    if (kept !== undefined) return kept.arrayBuffer();
    const bytes = await this.fetchedPart(path);
    await this.keep(path, bytes);
    return bytes;
  }

  /**
   * Stores a part of the disk for offline use.
   * @returns its size in bytes
   * @throws {FileFault} if it cannot be loaded or stored
   */
  async keepPart(path: string): Promise<number> {
    const kept = await this.kept(path);
    if (kept !== undefined) return (await kept.blob()).size;
    const bytes = await this.fetchedPart(path);
    if (!(await this.keep(path, bytes)))
      throw new FileFault(
        `the browser cannot store ${path}: it has no space left or stores nothing`,
      );
    return bytes.byteLength;
  }

  /** Deletes a stored file that turned out to be invalid. */
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
      throw new FileFault(
        `${path} could not be fetched: the server responded with ${response.status}`,
      );
    return response;
  }

  /**
   * Stores a file. If there is no space, the next visit fetches it again.
   * @returns whether it was stored
   */
  private async keep(path: string, bytes: ArrayBuffer): Promise<boolean> {
    try {
      await this.cache?.put(this.base + path, new Response(bytes));
      return this.cache !== undefined;
    } catch {
      return false;
    }
  }
}

/**
 * Prefix of the names of a lab's caches, distinct from the cache for pages and from other sites on
 * the same host.
 */
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

/**
 * Whether the hash matches. Pages not loaded over HTTPS have no `crypto.subtle`; there, the check
 * is skipped.
 */
async function isHash(bytes: ArrayBuffer, sha256: string): Promise<boolean> {
  const subtle = (globalThis.crypto as { subtle?: SubtleCrypto }).subtle;
  if (subtle === undefined) return true;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return sha256 === Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
