import { PassThrough, Writable } from 'node:stream';

/** Bytes before each frame: stream number, three zeros, length as a 32-bit big-endian integer. */
const HEADER = 8;

/**
 * Demultiplexes the Engine's stream of a process without a terminal into stdout and stderr. If
 * either is not read, the process has to wait. Format:
 * https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Container/operation/ContainerAttach
 */
export class Demux extends Writable {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  #header = Buffer.alloc(0);
  #target = this.stdout;
  #left = 0;

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    let full: PassThrough | undefined;
    for (let rest = chunk; rest.length > 0;) {
      if (this.#left === 0) {
        const need = HEADER - this.#header.length;
        this.#header = Buffer.concat([this.#header, rest.subarray(0, need)]);
        rest = rest.subarray(need);
        if (this.#header.length < HEADER) break;
        this.#target = this.#header[0] === 2 ? this.stderr : this.stdout;
        this.#left = this.#header.readUInt32BE(4);
        this.#header = Buffer.alloc(0);
      } else {
        const piece = rest.subarray(0, this.#left);
        rest = rest.subarray(piece.length);
        this.#left -= piece.length;
        if (!this.#target.write(piece)) full = this.#target;
      }
    }
    if (full) full.once('drain', done);
    else done();
  }

  override _final(done: () => void): void {
    this.stdout.end();
    this.stderr.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Node also destroys a stream that has finished; its output may still have to be read.
    if (!this.writableFinished) for (const output of [this.stdout, this.stderr]) output.destroy();
    done(error);
  }
}
