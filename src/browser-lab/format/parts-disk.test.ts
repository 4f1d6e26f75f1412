import { expect, test } from 'vitest';
import { PartsDisk, partPaths } from './parts-disk.ts';

const DISK = { path: 'disk-1/part.img.zst', bytes: 1024, partBytes: 256, packedBytes: 4 };

/** Each byte of a part is the number of the part. */
function disk(fetched: string[], failing: { times: number }): PartsDisk {
  return new PartsDisk(DISK, {
    fetch: (path) => {
      fetched.push(path);
      if (failing.times-- > 0) return Promise.reject(new Error('offline'));
      return Promise.resolve(Uint8Array.of(partPaths(DISK).indexOf(path)).buffer);
    },
    unpack: (packed, bytes) => new Uint8Array(bytes).fill(new Uint8Array(packed)[0] ?? 9),
    waiting: () => fetched.push('waiting'),
    failed: (error) => {
      throw error;
    },
  });
}

const read = (of: PartsDisk, offset: number, length: number) =>
  new Promise<Uint8Array>((resolve) => of.get(offset, length, resolve));

test('parts are named after their first byte and the byte after their last', () => {
  expect(partPaths(DISK)).toEqual([
    'disk-1/part-0-256.img.zst',
    'disk-1/part-256-512.img.zst',
    'disk-1/part-512-768.img.zst',
    'disk-1/part-768-1024.img.zst',
  ]);
});

test('reads within one part and across parts return the bytes of the disk; each part is fetched once', async () => {
  const fetched: string[] = [];
  const parts = disk(fetched, { times: 0 });
  expect([...(await read(parts, 510, 4))]).toEqual([1, 1, 2, 2]);
  expect([...(await read(parts, 700, 2))]).toEqual([2, 2]);
  expect((await read(parts, 200, 800)).length).toBe(800);
  expect(fetched.toSorted()).toEqual(partPaths(DISK).toSorted());
});

test('a part that cannot be fetched is requested again', async () => {
  const fetched: string[] = [];
  const parts = disk(fetched, { times: 1 });
  expect([...(await read(parts, 0, 1))]).toEqual([0]);
  expect(fetched).toEqual(['disk-1/part-0-256.img.zst', 'waiting', 'disk-1/part-0-256.img.zst']);
});

test('a part that cannot be decompressed is discarded and fetched again, and then the guest resumes', async () => {
  const log: string[] = [];
  const parts = new PartsDisk(DISK, {
    fetch: (path) => {
      log.push(`fetch ${path}`);
      return Promise.resolve(new ArrayBuffer(log.length === 1 ? 0 : 1));
    },
    unpack: (packed, bytes) => {
      if (packed.byteLength === 0) throw new Error('no such format');
      return new Uint8Array(bytes);
    },
    discard: (path) => Promise.resolve(void log.push(`discard ${path}`)),
    waiting: () => log.push('waiting'),
    resumed: () => log.push('resumed'),
    failed: () => undefined,
  });
  await read(parts, 0, 1);
  const path = 'disk-1/part-0-256.img.zst';
  expect(log).toEqual([`fetch ${path}`, `discard ${path}`, 'waiting', `fetch ${path}`, 'resumed']);
});
