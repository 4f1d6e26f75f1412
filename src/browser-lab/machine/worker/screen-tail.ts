/** The newest bytes that a terminal received: a few thousand lines. */
export class ScreenTail {
  private readonly limit: number;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private length = 0;

  /** @param limit number of bytes that are kept at least */
  constructor(limit: number) {
    this.limit = limit;
    this.bytes = new Uint8Array(limit * 2);
  }

  add(byte: number): void {
    if (this.length === this.bytes.length) {
      this.bytes.copyWithin(0, this.limit);
      this.length = this.limit;
    }
    this.bytes[this.length++] = byte;
  }

  /** The newest bytes, from the beginning of a line if older ones are missing. */
  read(): Uint8Array<ArrayBuffer> {
    if (this.length <= this.limit) return this.bytes.slice(0, this.length);
    const newest = this.bytes.slice(this.length - this.limit, this.length);
    return newest.slice(newest.indexOf(10) + 1);
  }
}
