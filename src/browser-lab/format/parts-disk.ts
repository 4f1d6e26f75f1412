import type { VmDisk } from './manifest.ts';

/** Parts that stay unpacked; the guest keeps what it reads in its own memory as well. */
const UNPACKED = 48;

/** Milliseconds before a part that could not be had is asked for again. */
const AGAIN = 2000;

/** How the disk gets at a part, and what it tells. */
export interface PartsSource {
  readonly fetch: (path: string) => Promise<ArrayBuffer>;
  readonly unpack: (
    packed: ArrayBuffer,
    bytes: number,
  ) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
  /** What was fetched cannot be unpacked: it must not be handed out again. */
  readonly isBad?: (path: string) => Promise<void>;
  /** A part cannot be had now. Unless this throws, the guest waits, and it is tried again. */
  readonly waiting: (error: unknown) => void;
  /** It was had. */
  readonly goesOn?: () => void;
  /** What must not happen. */
  readonly failed: (error: unknown) => void;
}

/**
 * The guest's disk as v86 wants one (`get`, `set` and `load` in its src/buffer.js): read in parts, each fetched when something of it
 * is read. The guest has mounted it read-only.
 */
export class PartsDisk {
  readonly byteLength: number;
  onload: ((event: object) => void) | undefined;
  onprogress: undefined;
  /** Parts that were read. */
  reads = 0;

  private readonly partBytes: number;
  private readonly paths: readonly string[];
  private readonly source: PartsSource;
  private readonly parts = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(disk: VmDisk, source: PartsSource) {
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
      const goesOn = (bytes: Uint8Array) => {
        this.source.goesOn?.();
        done(bytes);
      };
      setTimeout(() => this.get(offset, length, goesOn), AGAIN);
    });
  }

  /** The first sector, before the state is there: all of it comes from the state. */
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

  /** What a saved state holds of the disk: blocks that were written, and there are none. */
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
    this.parts.delete(index); // to be the youngest
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
        await this.source.isBad?.(path);
        throw error;
      }
    } catch (error) {
      this.parts.delete(index); // the next read tries again
      throw error;
    }
  }
}

/** The path of each part of a disk: v86's tools name them by their first byte and one past their last. */
export function partPaths({ path, bytes, partBytes }: VmDisk): string[] {
  const extension = /\.[^.]+(\.zst)?$/.exec(path)?.[0] ?? '';
  const name = path.slice(0, path.length - extension.length);
  const separator = name.endsWith('/') ? '' : '-';
  return Array.from({ length: Math.ceil(bytes / partBytes) }, (_, index) => {
    const from = index * partBytes;
    return `${name}${separator}${from}-${from + partBytes}${extension}`;
  });
}
