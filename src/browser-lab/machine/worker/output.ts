/** Milliseconds for which bytes are collected before they are sent: half a frame. */
const INTERVAL = 8;

/** Collects the bytes of serial lines and sends them in batches. */
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
    this.timer ??= setTimeout(() => this.flush(), INTERVAL);
  }

  private flush(): void {
    this.timer = undefined;
    for (const [serial, bytes] of this.waiting) this.send(serial, Uint8Array.from(bytes));
    this.waiting.clear();
  }
}
