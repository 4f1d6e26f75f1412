/**
 * The disk of the browser lab as v86 asks for it, read part by part: what v86 calls a buffer. Nothing is written to it but what a
 * saved state has brought: the guest's disk is read-only.
 */
export class PartsDisk {
  readonly byteLength: number;
  private readonly partBytes: number;
  private readonly read: (start: number) => Promise<Uint8Array>;
  private readonly parts = new Map<number, Promise<Uint8Array>>();
  /** v86 sets it, and waits for its call. */
  onload: ((event: object) => void) | undefined;

  /**
   * @param bytes size of the disk
   * @param partBytes size of a part
   * @param read fetches the part that begins there and unpacks it; asked once for each
   */
  constructor(bytes: number, partBytes: number, read: (start: number) => Promise<Uint8Array>) {
    this.byteLength = bytes;
    this.partBytes = partBytes;
    this.read = read;
  }

  load(): void {
    this.onload?.({});
  }

  /** Hands over so many bytes from there on. */
  get(offset: number, length: number, done: (bytes: Uint8Array) => void): void {
    void this.collect(offset, length).then(done);
  }

  get_and_cache(offset: number, length: number, done: (bytes: Uint8Array) => void): void {
    this.get(offset, length, done);
  }

  /** The same without waiting: nothing is kept that could be handed over at once. */
  get_from_cache(): undefined {
    return undefined;
  }

  /** @throws {Error} always: the guest's disk is read-only */
  set(): never {
    throw new Error('the disk of the browser lab is read-only');
  }

  get_buffer(done: (buffer?: ArrayBuffer) => void): void {
    done();
  }

  /** What a saved state holds of the disk: blocks that were written, and there are none. */
  get_state(): unknown[] {
    return [[]];
  }

  set_state(): void {
    // As above.
  }

  private async collect(offset: number, length: number): Promise<Uint8Array> {
    const { partBytes } = this;
    const bytes = new Uint8Array(length);
    const first = Math.floor(offset / partBytes);
    const last = Math.floor((offset + length - 1) / partBytes);
    const wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    for (const [index, part] of (await Promise.all(wanted.map((n) => this.part(n)))).entries()) {
      const start = (first + index) * partBytes;
      const from = Math.max(offset, start);
      const to = Math.min(offset + length, start + partBytes);
      bytes.set(part.subarray(from - start, to - start), from - offset);
    }
    return bytes;
  }

  private part(number: number): Promise<Uint8Array> {
    const known = this.parts.get(number);
    if (known !== undefined) return known;
    const part = this.read(number * this.partBytes);
    this.parts.set(number, part);
    // A part that could not be fetched is asked for again.
    part.catch(() => this.parts.delete(number));
    return part;
  }
}

/** Path of the part that begins there, from the manifest's folder; v86 names them the same way. */
export function partPath(
  disk: { readonly path: string; readonly partBytes: number },
  start: number,
): string {
  const [, name = '', extension = ''] = /^(.*?)((?:\.[^./]+)+)$/.exec(disk.path) ?? [];
  return `${name}-${start}-${start + disk.partBytes}${extension}`;
}
