/*
 * Ethernet frames with IPv4 packets, as the guest sends and receives them. There are no fragments
 * and no options other than the segment size of TCP: both ends have the same MTU.
 */

/** Protocols of IPv4. */
export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;

/** Bytes of an IPv4 packet (MTU of Ethernet), and of its headers. */
const MTU = 1500;
const [ETHERNET, IPV4] = [14, 20];
const IPV4_TYPE = 0x0800;
const TTL = 64;

/** The largest payload of a TCP segment, in bytes. */
export const MAX_SEGMENT = MTU - IPV4 - 20;

/** An IPv4 packet. */
export interface Packet {
  readonly protocol: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly payload: Uint8Array;
}

/** Parses a frame; undefined if it contains no IPv4 packet, or an incomplete one. */
export function parseFrame(frame: Uint8Array): Packet | undefined {
  if (frame.length < ETHERNET + IPV4) return undefined;
  const view = viewOf(frame);
  if (view.getUint16(12) !== IPV4_TYPE) return undefined;
  const header = (view.getUint8(ETHERNET) & 15) * 4;
  const length = view.getUint16(ETHERNET + 2);
  if (header < IPV4 || length < header || frame.length < ETHERNET + length) return undefined;
  return {
    protocol: view.getUint8(ETHERNET + 9),
    from: [...frame.subarray(ETHERNET + 12, ETHERNET + 16)],
    to: [...frame.subarray(ETHERNET + 16, ETHERNET + 20)],
    payload: frame.subarray(ETHERNET + header, ETHERNET + length),
  };
}

/** Hardware addresses of a frame. */
export interface Route {
  readonly fromMac: readonly number[];
  readonly toMac: readonly number[];
}

export function makeFrame({ protocol, from, to, payload }: Packet, route: Route): Uint8Array {
  const frame = new Uint8Array(ETHERNET + IPV4 + payload.length);
  const view = viewOf(frame);
  frame.set(route.toMac, 0);
  frame.set(route.fromMac, 6);
  view.setUint16(12, IPV4_TYPE);
  view.setUint8(ETHERNET, (4 << 4) | (IPV4 / 4));
  view.setUint16(ETHERNET + 2, IPV4 + payload.length);
  view.setUint8(ETHERNET + 6, 0x40); // do not fragment
  view.setUint8(ETHERNET + 8, TTL);
  view.setUint8(ETHERNET + 9, protocol);
  frame.set(from, ETHERNET + 12);
  frame.set(to, ETHERNET + 16);
  view.setUint16(ETHERNET + 10, checksum(frame.subarray(ETHERNET, ETHERNET + IPV4)));
  frame.set(payload, ETHERNET + IPV4);
  return frame;
}

/** A TCP segment (RFC 9293). */
export interface Segment {
  readonly fromPort: number;
  readonly toPort: number;
  readonly sequence: number;
  readonly acknowledged: number;
  readonly syn?: boolean;
  readonly ack?: boolean;
  readonly fin?: boolean;
  readonly rst?: boolean;
  /** Bytes that the sender can receive. */
  readonly window: number;
  /** The largest payload that the sender accepts; only with `syn`. */
  readonly maxSegment?: number;
  readonly data: Uint8Array;
}

const [FIN, SYN, RST, PUSH, ACK] = [1, 2, 4, 8, 16];
const END_OF_OPTIONS = 0;
const PADDING = 1;
const SEGMENT_SIZE = 2;

/** Parses the payload of a TCP packet; undefined if it is incomplete. */
export function parseSegment(payload: Uint8Array): Segment | undefined {
  if (payload.length < 20) return undefined;
  const view = viewOf(payload);
  const header = (view.getUint8(12) >> 4) * 4;
  if (header < 20 || payload.length < header) return undefined;
  const flags = view.getUint8(13);
  const maxSegment = segmentSize(payload.subarray(20, header));
  return {
    fromPort: view.getUint16(0),
    toPort: view.getUint16(2),
    sequence: view.getUint32(4),
    acknowledged: view.getUint32(8),
    syn: (flags & SYN) !== 0,
    ack: (flags & ACK) !== 0,
    fin: (flags & FIN) !== 0,
    rst: (flags & RST) !== 0,
    window: view.getUint16(14),
    ...(maxSegment !== undefined && { maxSegment }),
    data: payload.subarray(header),
  };
}

export function makeSegment(
  segment: Segment,
  from: readonly number[],
  to: readonly number[],
): Packet {
  const { data, maxSegment } = segment;
  const header = maxSegment === undefined ? 20 : 24;
  const payload = new Uint8Array(header + data.length);
  const view = viewOf(payload);
  view.setUint16(0, segment.fromPort);
  view.setUint16(2, segment.toPort);
  view.setUint32(4, segment.sequence);
  view.setUint32(8, segment.acknowledged);
  view.setUint8(12, (header / 4) << 4);
  view.setUint8(
    13,
    (segment.syn === true ? SYN : 0) |
      (segment.ack === true ? ACK : 0) |
      (segment.fin === true ? FIN : 0) |
      (segment.rst === true ? RST : 0) |
      (data.length > 0 ? PUSH : 0),
  );
  view.setUint16(14, segment.window);
  if (maxSegment !== undefined) {
    payload.set([SEGMENT_SIZE, 4], 20);
    view.setUint16(22, maxSegment);
  }
  payload.set(data, header);
  view.setUint16(16, checksum(payload, pseudoHeader(from, to, TCP, payload.length)));
  return { protocol: TCP, from, to, payload };
}

function segmentSize(options: Uint8Array): number | undefined {
  for (let at = 0; at < options.length;) {
    const kind = options[at];
    if (kind === END_OF_OPTIONS) return undefined;
    if (kind === SEGMENT_SIZE) return ((options[at + 2] ?? 0) << 8) | (options[at + 3] ?? 0);
    at += kind === PADDING ? 1 : Math.max(options[at + 1] ?? 0, 2);
  }
  return undefined;
}

/** A UDP datagram. */
export interface Datagram {
  readonly fromPort: number;
  readonly toPort: number;
  readonly data: Uint8Array;
}

/** Parses the payload of a UDP packet; undefined if it is incomplete. */
export function parseDatagram(payload: Uint8Array): Datagram | undefined {
  if (payload.length < 8) return undefined;
  const view = viewOf(payload);
  return {
    fromPort: view.getUint16(0),
    toPort: view.getUint16(2),
    data: payload.subarray(8, view.getUint16(4)),
  };
}

export function makeDatagram(
  { fromPort, toPort, data }: Datagram,
  from: readonly number[],
  to: readonly number[],
): Packet {
  const payload = new Uint8Array(8 + data.length);
  const view = viewOf(payload);
  view.setUint16(0, fromPort);
  view.setUint16(2, toPort);
  view.setUint16(4, payload.length);
  payload.set(data, 8);
  view.setUint16(6, checksum(payload, pseudoHeader(from, to, UDP, payload.length)));
  return { protocol: UDP, from, to, payload };
}

const ECHO_REQUEST = 8;

/** The answer to a ping; undefined if the packet is none. */
export function echoReply({ from, to, payload }: Packet): Packet | undefined {
  if (payload[0] !== ECHO_REQUEST) return undefined;
  const reply = payload.slice();
  reply[0] = 0;
  reply.fill(0, 2, 4);
  viewOf(reply).setUint16(2, checksum(reply));
  return { protocol: ICMP, from: to, to: from, payload: reply };
}

/** The part of a checksum that covers the addresses (RFC 9293, 3.1). */
function pseudoHeader(
  from: readonly number[],
  to: readonly number[],
  protocol: number,
  length: number,
): number {
  const words = [...from, ...to].map((byte, index) => (index % 2 === 0 ? byte << 8 : byte));
  return words.reduce((sum, word) => sum + word, protocol + length);
}

/** The Internet checksum (RFC 1071). */
export function checksum(bytes: Uint8Array, start = 0): number {
  let sum = start;
  const even = bytes.length & ~1;
  for (let at = 0; at < even; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (even < bytes.length) sum += (bytes[even] ?? 0) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
