import type { VmManifest } from './manifest.ts';

/** Number of parts kept decompressed; the guest also caches what it reads. */
const UNPACKED = 48;

/** Milliseconds before a part that could not be fetched is requested again. */
const RETRY = 2000;

/** How the disk gets its parts, and the events that it reports. */
export interface PartsSource {
  readonly fetch: (path: string) => Promise<ArrayBuffer>;
  readonly unpack: (
    packed: ArrayBuffer,
    bytes: number,
  ) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
  /** Removes a fetched part that cannot be decompressed, so that it is not used again. */
  readonly discard?: (path: string) => Promise<void>;
  /**
   * A part is not available now. Unless this throws, the guest waits and the request is repeated.
   */
  readonly waiting: (error: unknown) => void;
  /** The part is available again. */
  readonly resumed?: () => void;
  /** Something happened that must not happen. */
  readonly failed: (error: unknown) => void;
}

/**
 * The guest's disk, with the interface that v86 expects (`get`, `set` and `load` in its
 * src/buffer.js). Parts are fetched when they are read. The guest mounts the disk read-only.
 */
export class PartsDisk {
  readonly byteLength: number;
  onload: ((event: object) => void) | undefined;
  onprogress: undefined;
  /** Number of parts that were read. */
  reads = 0;

  private readonly partBytes: number;
  private readonly paths: readonly string[];
  private readonly source: PartsSource;
  private readonly parts = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(disk: VmManifest['disk'], source: PartsSource) {
    this.byteLength = disk.bytes;
    this.partBytes = disk.partBytes;
    this.paths = partPaths(disk);
    this.source = source;
  }

  load(): void {
    this.onload?.({});
  }

  get(offset: number, length: number, done: (bytes: Uint8Array) => void): void {
    void this.read(offset, length).then(done, (error: unknown) => {
      this.source.waiting(error);
      const resume = (bytes: Uint8Array) => {
        this.source.resumed?.();
        done(bytes);
      };
      setTimeout(() => this.get(offset, length, resume), RETRY);
    });
  }

  /** The first sector, before the state is restored; its content comes from the state. */
  get_and_cache(_offset: number, length: number, done: (bytes: Uint8Array) => void): void {
    done(new Uint8Array(length));
  }

  get_from_cache(): undefined {
    return undefined;
  }

  set(): void {
    this.source.failed(new Error('the guest wrote to its disk, which is read-only'));
  }

  get_buffer(done: () => void): void {
    done();
  }

  /** The disk's part of a saved state: the written blocks, of which there are none. */
  get_state(): unknown[] {
    return [[]];
  }

  set_state(state: readonly unknown[]): void {
    const [written] = state;
    if (Array.isArray(written) && written.length > 0)
      this.source.failed(new Error('the saved state holds written parts of the disk'));
  }

  private async read(offset: number, length: number): Promise<Uint8Array> {
    const first = Math.floor(offset / this.partBytes);
    const last = Math.floor((offset + length - 1) / this.partBytes);
    const start = offset - first * this.partBytes;
    if (first === last) return (await this.part(first)).subarray(start, start + length);
    const indices = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const parts = await Promise.all(indices.map((index) => this.part(index)));
    const joined = new Uint8Array(parts.length * this.partBytes);
    for (const [index, part] of parts.entries()) joined.set(part, index * this.partBytes);
    return joined.subarray(start, start + length);
  }

  private part(index: number): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.parts.get(index);
    this.parts.delete(index); // moves the part to the end of the map
    const part = known ?? this.unpacked(index);
    this.parts.set(index, part);
    const [oldest] = this.parts.keys();
    if (this.parts.size > UNPACKED && oldest !== undefined) this.parts.delete(oldest);
    return part;
  }

  private async unpacked(index: number): Promise<Uint8Array<ArrayBuffer>> {
    this.reads++;
    const path = this.paths[index] ?? '';
    try {
      const packed = await this.source.fetch(path);
      try {
        return await this.source.unpack(packed, this.partBytes);
      } catch (error) {
        await this.source.discard?.(path);
        throw error;
      }
    } catch (error) {
      this.parts.delete(index); // the next read tries again
      throw error;
    }
  }
}

/**
 * The paths of a disk's parts: v86's tools name them after their first byte and the byte after
 * their last.
 */
export function partPaths({ path, bytes, partBytes }: VmManifest['disk']): string[] {
  const extension = /\.[^.]+(\.zst)?$/.exec(path)?.[0] ?? '';
  const name = path.slice(0, path.length - extension.length);
  const separator = name.endsWith('/') ? '' : '-';
  return Array.from({ length: Math.ceil(bytes / partBytes) }, (_, index) => {
    const from = index * partBytes;
    return `${name}${separator}${from}-${from + partBytes}${extension}`;
  });
}
