import { expect, test } from 'vitest';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Demux } from './demux.ts';

function piece(stream: number, content: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(content), 4);
  return Buffer.concat([header, Buffer.from(content)]);
}

test.each([1, 3, 8, 1000])('separates streams that arrive in chunks of %d bytes', async (size) => {
  const all = Buffer.concat([piece(1, 'out'), piece(2, 'error'), piece(1, ''), piece(1, 'put')]);
  const demux = new Demux();
  for (let at = 0; at < all.length; at += size) demux.write(all.subarray(at, at + size));
  demux.end();
  expect(await Promise.all([text(demux.stdout), text(demux.stderr)])).toEqual(['output', 'error']);
});

test('applies backpressure if nothing reads its output', async () => {
  const demux = new Demux();
  demux.write(piece(1, 'x'.repeat(1 << 20)));
  expect(demux.write(piece(1, 'y'))).toBe(false);
  await new Promise(setImmediate);
  expect(demux.writableLength).toBeGreaterThan(0);
  demux.end();
  expect((await text(demux.stdout)).length).toBe((1 << 20) + 1);
});

test('output can be read completely after the end of the input', async () => {
  const demux = new Demux();
  demux.end(piece(1, 'late'));
  await once(demux, 'close');
  expect(await text(demux.stdout)).toBe('late');
});

test('reading fails if the input is cut off', async () => {
  const demux = new Demux();
  demux.write(piece(1, 'cut'));
  demux.destroy();
  await expect(text(demux.stdout)).rejects.toThrow();
});
