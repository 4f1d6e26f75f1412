import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection, type Outgoing } from './connection.ts';
import type { Segment } from './packet.ts';

const FIRST = 5000;
const BYTES = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);

/** A connection with a guest that acknowledges what it receives, in order. */
class Guest {
  readonly received: number[] = [];
  /** Everything that the page sent. */
  readonly sent: Outgoing[] = [];
  /** Numbers of segments that do not arrive. */
  readonly lost = new Set<number>();
  window = 20_000;
  hasEnd = false;
  isForgotten = false;
  readonly page: Connection;
  private expected = 0;
  private next = FIRST;
  private readonly arriving: Outgoing[] = [];

  constructor() {
    this.page = new Connection(
      (segment) => {
        if (!this.lost.has(this.sent.push(segment) - 1)) this.arriving.push(segment);
      },
      () => (this.isForgotten = true),
    );
    this.page.accept(this.segment({ syn: true, ack: false, maxSegment: 1400 }));
    this.next++;
    this.read();
  }

  /** Receives what has arrived, and what arrives in answer to the acknowledgements. */
  read(): void {
    for (let one = this.arriving.shift(); one !== undefined; one = this.arriving.shift()) {
      if (one.syn === true) this.expected = one.sequence;
      const length = one.data.length + (one.syn === true || one.fin === true ? 1 : 0);
      if (one.sequence === this.expected && one.rst !== true) {
        this.received.push(...one.data);
        this.hasEnd ||= one.fin === true;
        this.expected += length;
      }
      if (length > 0) this.send({});
    }
  }

  send(part: Partial<Segment>): void {
    this.page.receive(this.segment(part));
    this.next += (part.data?.length ?? 0) + (part.fin === true ? 1 : 0);
  }

  private segment(part: Partial<Segment>): Segment {
    return {
      ...{ fromPort: 1, toPort: 80, sequence: this.next, acknowledged: this.expected, ack: true },
      ...{ window: this.window, data: new Uint8Array() },
      ...part,
    };
  }
}

describe('a TCP connection from the guest', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('carries more than fits into the window, in segments of the agreed size, and ends', () => {
    const guest = new Guest();
    guest.page.write(BYTES.subarray(0, 1000));
    guest.page.write(BYTES.subarray(1000));
    guest.page.end();
    guest.read();
    expect(Uint8Array.from(guest.received)).toEqual(BYTES);
    expect(Math.max(...guest.sent.map(({ data }) => data.length))).toBe(1400);
    expect([guest.hasEnd, guest.isForgotten]).toEqual([true, false]);
    guest.send({ fin: true });
    expect(guest.isForgotten).toBe(true);
  });

  it('never has more under way than the guest can receive', () => {
    const guest = new Guest();
    guest.page.write(BYTES);
    expect(guest.sent.reduce((sum, { data }) => sum + data.length, 0)).toBe(20_000);
  });

  it('sends a lost segment again after a while', () => {
    const guest = new Guest();
    guest.lost.add(4);
    guest.page.write(BYTES.subarray(0, 10_000));
    guest.read();
    expect(guest.received.length).toBe(3 * 1400);
    // This guest does not keep what arrives out of order, so each segment is sent again.
    for (let tries = 0; tries < 10; tries++) {
      vi.advanceTimersByTime(2000);
      guest.read();
    }
    expect(Uint8Array.from(guest.received)).toEqual(BYTES.subarray(0, 10_000));
  });

  it('asks whether a closed window is open again', () => {
    const guest = new Guest();
    guest.window = 0;
    guest.send({});
    guest.page.write(BYTES.subarray(0, 10));
    guest.read();
    expect(guest.received).toEqual([]);
    guest.window = 20_000;
    vi.advanceTimersByTime(2000);
    guest.read();
    expect(guest.received).toEqual([...BYTES.subarray(0, 10)]);
  });

  it('receives each byte once, even if the guest sends some again', () => {
    const guest = new Guest();
    const heard: number[] = [];
    guest.page.events = { data: (bytes) => heard.push(...bytes), ended: () => heard.push(-1) };
    guest.send({ data: BYTES.subarray(0, 10) });
    guest.send({ sequence: FIRST + 1, data: BYTES.subarray(0, 15) });
    expect(heard).toEqual([...BYTES.subarray(0, 15)]);
    expect(guest.sent.at(-1)?.acknowledged).toBe(FIRST + 16);
  });

  it('ends when the guest resets it', () => {
    const guest = new Guest();
    guest.send({ rst: true });
    guest.page.write(BYTES);
    expect([guest.isForgotten, guest.sent.length]).toEqual([true, 1]);
  });
});
