/** How long bytes are gathered before they are handed over, in milliseconds: half a frame. */
const GATHER = 8;

/** Gathers what comes from serial lines byte by byte, and hands it over in pieces. */
export class OutputBatch {
  private readonly send: (serial: number, bytes: Uint8Array<ArrayBuffer>) => void;
  private readonly waiting = new Map<number, number[]>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (serial: number, bytes: Uint8Array<ArrayBuffer>) => void) {
    this.send = send;
  }

  add(serial: number, byte: number): void {
    const bytes = this.waiting.get(serial);
    if (bytes === undefined) this.waiting.set(serial, [byte]);
    else bytes.push(byte);
    this.timer ??= setTimeout(() => this.flush(), GATHER);
  }

  private flush(): void {
    this.timer = undefined;
    for (const [serial, bytes] of this.waiting) this.send(serial, Uint8Array.from(bytes));
    this.waiting.clear();
  }
}
