import { describe, expect, it } from 'vitest';
import { GUEST, PAGE } from '../format/network.ts';
import { Network } from './network.ts';
import {
  checksum,
  makeDatagram,
  makeFrame,
  makeSegment,
  type Packet,
  parseDatagram,
  parseFrame,
  parseSegment,
  type Segment,
} from './packet.ts';

const encoder = new TextEncoder();
const ROUTE = { fromMac: GUEST.mac, toMac: PAGE.mac };
const MANIFEST = '{"layers":[]}';
const file = (path: string, text: string, sha256: string) => ({ path, bytes: text.length, sha256 });
const FILES = new Map([
  ['registry/0', MANIFEST],
  ['registry/1', 'layer'],
  ['archive/0', 'Suite: stable\n'],
]);
const SERVED = {
  registry: {
    tags: { 'library/debian:latest': 'sha256:aa', 'library/debian:trixie': 'sha256:aa' },
    manifests: [{ ...file('registry/0', MANIFEST, 'aa'), type: 'application/x-manifest' }],
    blobs: [file('registry/1', 'layer', 'bb')],
  },
  archive: [{ ...file('archive/0', 'Suite: stable\n', 'cc'), at: 'debian/dists/trixie/Release' }],
};

/** A guest on the network, at any address behind its card. */
class Guest {
  readonly reads: string[] = [];
  readonly frames: Packet[] = [];
  private readonly network: Network;

  constructor(read = (path: string) => FILES.get(path)) {
    this.network = new Network(
      SERVED,
      ({ path }) => {
        this.reads.push(path);
        const text = read(path);
        return text === undefined
          ? Promise.reject(new Error('offline'))
          : Promise.resolve(encoder.encode(text));
      },
      (frame) => {
        const packet = parseFrame(frame);
        if (packet !== undefined) this.frames.push(packet);
      },
    );
  }

  send(packet: Packet): Packet | undefined {
    const before = this.frames.length;
    this.network.receive(makeFrame(packet, ROUTE));
    return this.frames[before];
  }

  /** The answer to the first segment of a connection. */
  open(port: number, to = PAGE.ip): Segment | undefined {
    const packet = this.send(this.segment(port, { syn: true, ack: false }, to));
    return packet === undefined ? undefined : parseSegment(packet.payload);
  }

  /** Everything that comes back on a new connection on which text is sent. */
  async say(port: number, text: string): Promise<string> {
    const opened = this.open(port);
    if (opened?.syn !== true) throw new Error('refused');
    const before = this.frames.length;
    const acknowledged = opened.sequence + 1;
    this.send(this.segment(port, { sequence: 1, acknowledged, data: encoder.encode(text) }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    return this.frames
      .slice(before)
      .map(({ payload }) => new TextDecoder().decode(parseSegment(payload)?.data))
      .join('');
  }

  get(port: number, path: string, headers = ''): Promise<string> {
    return this.say(port, `GET ${path} HTTP/1.1\r\nHost: page\r\n${headers}\r\n`);
  }

  private segment(toPort: number, part: Partial<Segment>, to = PAGE.ip): Packet {
    const empty = {
      sequence: 0,
      acknowledged: 0,
      ack: true,
      window: 60_000,
      data: new Uint8Array(),
    };
    return makeSegment({ fromPort: 40_000, toPort, ...empty, ...part }, GUEST.ip, to);
  }
}

/** A DNS query for a name. */
function query(name: string, type = 1): Uint8Array {
  const labels = name.split('.').flatMap((label) => [label.length, ...encoder.encode(label)]);
  return Uint8Array.from([7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1]);
}

function lookUp(name: string, type?: number) {
  const asked = { fromPort: 3000, toPort: 53, data: query(name, type) };
  const answer = new Guest().send(makeDatagram(asked, GUEST.ip, PAGE.ip));
  const data = parseDatagram(answer?.payload ?? new Uint8Array())?.data ?? new Uint8Array();
  return { status: (data[3] ?? 0) & 15, answers: data[7], address: [...data.subarray(-4)] };
}

describe("the page's end of the guest's network", () => {
  it('knows the names of the archive, and that no others exist', () => {
    expect(lookUp('deb.debian.org')).toMatchObject({ status: 0, answers: 1, address: PAGE.ip });
    expect(lookUp('security.debian.org', 28)).toMatchObject({ status: 0, answers: 0 });
    for (const name of ['registry-1.docker.io', 'debian.org', 'notdeb.debian.org'])
      expect(lookUp(name)).toMatchObject({ status: 3, answers: 0 });
  });

  it('refuses ports without a service, and does not answer for other addresses', () => {
    const guest = new Guest();
    expect(guest.open(443)).toMatchObject({ rst: true, acknowledged: 1 });
    expect(guest.open(80, [1, 1, 1, 1])).toBeUndefined();
    expect(guest.reads).toEqual([]);
  });

  it('sends packets with valid checksums', async () => {
    const guest = new Guest();
    await guest.get(80, '/debian/dists/trixie/Release');
    for (const { from, to, protocol, payload } of guest.frames) {
      const header = [...from, ...to, 0, protocol, payload.length >> 8, payload.length & 255];
      expect(checksum(Uint8Array.from([...header, ...payload]))).toBe(0);
    }
  });

  it('serves manifests by tag and digest, and blobs, each from one file', async () => {
    const guest = new Guest();
    const byTag = await guest.get(5001, '/v2/library/debian/manifests/trixie?ns=docker.io');
    expect(byTag).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(byTag).toContain('\r\ncontent-type: application/x-manifest\r\n');
    expect(byTag).toContain('\r\ndocker-content-digest: sha256:aa\r\n');
    expect(byTag.endsWith(`\r\n\r\n${MANIFEST}`)).toBe(true);
    expect(await guest.get(5001, '/v2/library/debian/manifests/sha256:aa')).toContain(MANIFEST);
    expect(await guest.get(5001, '/v2/library/debian/blobs/sha256:bb')).toMatch(/\r\n\r\nlayer$/);
    expect(guest.reads).toEqual(['registry/0', 'registry/0', 'registry/1']);
  });

  it.each([
    ['/v2/library/debian/manifests/trixei', 'MANIFEST_UNKNOWN'],
    ['/v2/library/nosuch/manifests/sha256:aa', 'MANIFEST_UNKNOWN'],
    ['/v2/library/debian/blobs/sha256:cc', 'BLOB_UNKNOWN'],
    ['/v2/library/nosuch/tags/list', 'NAME_UNKNOWN'],
  ])('answers %s as a registry does: %s', async (path, code) => {
    const guest = new Guest();
    const answer = await guest.get(5001, path);
    expect(answer).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
    expect(answer).toContain(`{"errors":[{"code":"${code}",`);
    expect(guest.reads).toEqual([]);
  });

  it('answers requests on one connection in their order', async () => {
    const guest = new Guest();
    const [head, get] = ['HEAD', 'GET'].map(
      (method) =>
        `${method} /debian//dists/trixie/Release HTTP/1.1\r\nHost: deb.debian.org\r\n\r\n`,
    );
    const answer = await guest.say(80, `${head}${get}GET /x HTTP/1.1\r\n\r\n`);
    const lines = ['content-type: application/octet-stream', 'content-length: 14'];
    const first = `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`;
    expect(answer.startsWith(`${first}${first}Suite: stable\nHTTP/1.1 404 `)).toBe(true);
  });

  it('serves a part of a file', async () => {
    const guest = new Guest();
    const answer = await guest.get(80, '/debian/dists/trixie/Release', 'Range: bytes=7-9\r\n');
    expect(answer).toContain('\r\ncontent-range: bytes 7-9/14\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 206 [^]*\r\n\r\nsta$/);
  });

  it('takes nothing from the guest', async () => {
    const answer = await new Guest().say(
      5001,
      'PUT /v2/x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc',
    );
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
  });

  it('says so if a file cannot be loaded', async () => {
    const answer = await new Guest(() => undefined).get(5001, '/v2/library/debian/blobs/sha256:bb');
    expect(answer).toMatch(/^HTTP\/1.1 503 [^]*offline/);
  });
});
