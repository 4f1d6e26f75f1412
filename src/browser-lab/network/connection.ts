import { MAX_SEGMENT, type Segment } from './packet.ts';

/** Bytes that this end accepts at once; the largest window without scaling. */
const WINDOW = 65_535;
/** Largest payload of a peer that does not name one (RFC 9293, 3.7.1). */
const DEFAULT_SEGMENT = 536;
/** First sequence number. The guest knows no earlier connection of this page. */
const START = 1000;
/** Milliseconds without an acknowledgement after which a segment is sent again. */
const RETRY = 2000;

/** A segment without the ports, which the connection does not know. */
export type Outgoing = Omit<Segment, 'fromPort' | 'toPort'>;

/** What is done about what the guest does. */
export interface ConnectionEvents {
  readonly data: (bytes: Uint8Array) => void;
  /** The guest sends no more data; it may still receive. */
  readonly ended: () => void;
}

/**
 * This end of a TCP connection with the guest (RFC 9293). The network between the two neither
 * reorders packets nor, as a rule, loses them; so there is no congestion control.
 */
export class Connection {
  events: ConnectionEvents = { data: () => undefined, ended: () => undefined };
  private readonly transmit: (segment: Outgoing) => void;
  private readonly forget: () => void;
  private state: 'opening' | 'open' | 'closed' = 'opening';
  /** Next byte expected from the guest. */
  private expected = 0;
  /** First byte that the guest has not acknowledged, and first byte that was not sent. */
  private unacknowledged = START;
  private next = START;
  /** Bytes from `unacknowledged` on that the guest can receive. */
  private window = 0;
  private maxSegment = DEFAULT_SEGMENT;
  /** Bytes that were not acknowledged, and their number. */
  private readonly queue: Uint8Array[] = [];
  private queued = 0;
  /** Whether nothing is written after the queue; and whether that was sent. */
  private isEnded = false;
  private isEndSent = false;
  private hasPeerEnded = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param forget called when the connection no longer exists */
  constructor(transmit: (segment: Outgoing) => void, forget: () => void) {
    this.transmit = transmit;
    this.forget = forget;
  }

  /** Accepts the connection that a segment opens. */
  accept({ sequence, maxSegment = DEFAULT_SEGMENT, window }: Segment): void {
    this.expected = add(sequence, 1);
    this.maxSegment = Math.min(maxSegment, MAX_SEGMENT);
    this.window = window;
    this.send({ syn: true, maxSegment: MAX_SEGMENT });
    this.next = add(this.next, 1);
  }

  /** Writes bytes, which must not change afterwards. */
  write(bytes: Uint8Array): void {
    if (this.isEnded || this.state === 'closed' || bytes.length === 0) return;
    this.queue.push(bytes);
    this.queued += bytes.length;
    this.pump();
  }

  /** Sends no more than what was written. */
  end(): void {
    this.isEnded = true;
    this.pump();
  }

  /** Ends the connection at once. */
  abort(): void {
    if (this.state === 'closed') return;
    this.send({ rst: true });
    this.close();
  }

  /** Receives a segment of this connection. */
  receive(segment: Segment): void {
    if (this.state === 'closed') return;
    if (segment.rst === true) {
      this.close();
      return;
    }
    if (segment.ack === true) this.acknowledge(segment);
    this.take(segment);
    this.pump();
    if (this.isEndSent && this.hasPeerEnded && this.unacknowledged === this.next) this.close();
  }

  private acknowledge({ acknowledged, window }: Segment): void {
    const advance = (acknowledged - this.unacknowledged) | 0;
    if (advance < 0 || ((acknowledged - this.next) | 0) > 0) return;
    this.window = window;
    if (advance === 0) return;
    this.stopTimer();
    this.unacknowledged = acknowledged;
    if (this.state === 'opening') this.state = 'open';
    else this.drop(advance);
    if (this.unacknowledged !== this.next) this.startTimer();
  }

  /** Removes acknowledged bytes from the queue. One more than those stands for the end. */
  private drop(count: number): void {
    let left = Math.min(count, this.queued);
    this.queued -= left;
    while (left > 0) {
      const [first] = this.queue;
      if (first === undefined) return;
      if (left < first.length) {
        this.queue[0] = first.subarray(left);
        return;
      }
      left -= first.length;
      this.queue.shift();
    }
  }

  private take({ sequence, data, fin }: Segment): void {
    if (data.length === 0 && fin !== true) return;
    // The guest sends again what was not acknowledged in time.
    const known = (this.expected - sequence) | 0;
    const isNew = known >= 0 && known < data.length + (fin === true ? 1 : 0);
    if (!isNew || this.hasPeerEnded) {
      this.send({});
      return;
    }
    const bytes = data.slice(known);
    this.expected = add(this.expected, bytes.length + (fin === true ? 1 : 0));
    this.hasPeerEnded = fin === true;
    this.send({});
    if (bytes.length > 0) this.events.data(bytes);
    if (fin === true) this.events.ended();
  }

  /** Sends what the guest can receive. */
  private pump(): void {
    if (this.state !== 'open') return;
    while (!this.isEndSent) {
      const sent = (this.next - this.unacknowledged) | 0;
      const size = Math.min(this.maxSegment, this.queued - sent, this.window - sent);
      if (size > 0) {
        this.send({ data: this.peek(sent, size) });
        this.next = add(this.next, size);
      } else if (this.isEnded && sent === this.queued) {
        this.send({ fin: true });
        this.next = add(this.next, 1);
        this.isEndSent = true;
      } else break;
    }
    if (this.unacknowledged !== this.next || this.queued > 0) this.startTimer();
  }

  private peek(from: number, size: number): Uint8Array {
    let skip = from;
    const bytes = new Uint8Array(size);
    let filled = 0;
    for (const chunk of this.queue) {
      if (skip >= chunk.length) {
        skip -= chunk.length;
        continue;
      }
      const piece = chunk.subarray(skip, skip + size - filled);
      bytes.set(piece, filled);
      filled += piece.length;
      skip = 0;
      if (filled === size) break;
    }
    return bytes;
  }

  private startTimer(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.retry();
    }, RETRY);
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Sends one segment again, or probes a window that is closed (RFC 9293, 3.8.6.1). */
  private retry(): void {
    if (this.state === 'open') {
      const size = Math.min(this.maxSegment, this.queued, Math.max(this.window, 1));
      const next = this.next;
      this.next = this.unacknowledged;
      this.send(size > 0 ? { data: this.peek(0, size) } : { fin: true });
      const sentTo = add(this.unacknowledged, Math.max(size, 1));
      this.next = ((sentTo - next) | 0) > 0 ? sentTo : next;
      this.startTimer();
    }
  }

  private send(part: Partial<Outgoing>): void {
    const data = part.data ?? new Uint8Array();
    const window = WINDOW;
    this.transmit({
      ...{ sequence: this.next, acknowledged: this.expected, ack: true, window },
      ...part,
      data,
    });
  }

  private close(): void {
    this.stopTimer();
    this.state = 'closed';
    this.queue.length = 0;
    this.forget();
  }
}

/** Sequence numbers have 32 bits. */
function add(sequence: number, count: number): number {
  return (sequence + count) >>> 0;
}
