import type { ReadFile, VmManifest } from '../format/manifest.ts';
import { GUEST, PAGE } from '../format/network.ts';
import { archive } from './archive.ts';
import { Connection } from './connection.ts';
import { type HttpService, serveHttp } from './http.ts';
import { answerQuery } from './names.ts';
import {
  echoReply,
  ICMP,
  makeDatagram,
  makeFrame,
  makeSegment,
  type Packet,
  parseDatagram,
  parseFrame,
  parseSegment,
  type Segment,
  TCP,
  UDP,
} from './packet.ts';
import { registry } from './registry.ts';

/** Ports of the services. That of the registry is the same in recorded labs. */
const [NAMES, ARCHIVE, REGISTRY] = [53, 80, 5001];

/**
 * The page's end of the guest's network: the services of a recorded lab, from the files of the
 * site. All other connections are refused. Nothing that the guest sends leaves the page.
 */
export class Network {
  private readonly send: (frame: Uint8Array) => void;
  private readonly services: ReadonlyMap<number, HttpService>;
  /** By the address and port of the guest, and the port of the page. */
  private readonly connections = new Map<string, Connection>();

  /** @param send delivers a frame to the guest */
  constructor(
    manifest: Pick<VmManifest, 'registry' | 'archive'>,
    read: ReadFile,
    send: (frame: Uint8Array) => void,
  ) {
    this.send = send;
    this.services = new Map([
      [ARCHIVE, archive(manifest.archive, read)],
      [REGISTRY, registry(manifest.registry, read)],
    ]);
  }

  /** Receives a frame from the guest. */
  receive(frame: Uint8Array): void {
    const packet = parseFrame(frame);
    if (packet === undefined || packet.to.join('.') !== PAGE.ip.join('.')) return;
    if (packet.protocol === TCP) this.receiveSegment(packet);
    if (packet.protocol === UDP) this.receiveDatagram(packet);
    if (packet.protocol === ICMP) this.reply(echoReply(packet));
  }

  private receiveDatagram({ from, to, payload }: Packet): void {
    const datagram = parseDatagram(payload);
    if (datagram?.toPort !== NAMES) return;
    const data = answerQuery(datagram.data, PAGE.ip);
    if (data === undefined) return;
    this.reply(makeDatagram({ fromPort: NAMES, toPort: datagram.fromPort, data }, to, from));
  }

  private receiveSegment({ from, to, payload }: Packet): void {
    const segment = parseSegment(payload);
    if (segment === undefined) return;
    const { fromPort, toPort } = segment;
    const isOpening = segment.syn === true && segment.ack !== true;
    const known = this.connections.get(keyOf(from, fromPort, toPort));
    if (known !== undefined && !isOpening) {
      known.receive(segment);
      return;
    }
    const service = this.services.get(toPort);
    if (isOpening && service !== undefined) {
      const connection = this.connection(from, fromPort, toPort);
      serveHttp(connection, service);
      connection.accept(segment);
    } else if (segment.rst !== true) this.reply(makeSegment(refusal(segment), to, from));
  }

  private connection(guest: readonly number[], guestPort: number, port: number): Connection {
    const key = keyOf(guest, guestPort, port);
    const connection: Connection = new Connection(
      (segment) =>
        this.reply(makeSegment({ ...segment, fromPort: port, toPort: guestPort }, PAGE.ip, guest)),
      () => {
        if (this.connections.get(key) === connection) this.connections.delete(key);
      },
    );
    this.connections.set(key, connection);
    return connection;
  }

  private reply(packet: Packet | undefined): void {
    if (packet === undefined) return;
    this.send(makeFrame(packet, { fromMac: PAGE.mac, toMac: GUEST.mac }));
  }
}

function keyOf(guest: readonly number[], guestPort: number, port: number): string {
  return `${guest.join('.')}:${guestPort}:${port}`;
}

/** The answer to a segment of a connection that does not exist (RFC 9293, 3.10.7.1). */
function refusal(segment: Segment): Segment {
  const { fromPort, toPort, acknowledged, sequence, syn, fin, ack, data } = segment;
  const length = data.length + (syn === true ? 1 : 0) + (fin === true ? 1 : 0);
  return {
    fromPort: toPort,
    toPort: fromPort,
    sequence: ack === true ? acknowledged : 0,
    acknowledged: (sequence + length) >>> 0,
    rst: true,
    ack: ack !== true,
    window: 0,
    data: new Uint8Array(),
  };
}
