import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesBelow, sumsOf, zipFolder } from './zip.ts';

const FILES = { 'b.txt': 'text\n'.repeat(1000), 'a/noise.bin': 'x', 'a/empty.html': '' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'you-like-docker-zip-'));
  await mkdir(join(folder, 'kit/a'), { recursive: true });
  for (const [path, text] of Object.entries(FILES))
    await writeFile(join(folder, 'kit', path), text);
});
afterAll(() => rm(folder, { recursive: true }));

test('a zip file has all files, and the same files give the same bytes', async () => {
  const pack = async (name: string) => {
    const to = join(folder, name);
    await zipFolder(join(folder, 'kit'), to, new Date(2026, 10, 24, 3, 4, 6), () => undefined);
    return readFile(to);
  };
  const first = await pack('first.zip');
  await utimes(join(folder, 'kit/b.txt'), 1, 1);
  expect((await pack('second.zip')).equals(first)).toBe(true);
  expect(first.length).toBeLessThan(FILES['b.txt'].length);
  const unpacked = Object.entries(unzipSync(first)).map(([path, bytes]) => [
    path,
    strFromU8(bytes),
  ]);
  expect(Object.fromEntries(unpacked)).toEqual({
    'kit/a/empty.html': '',
    'kit/a/noise.bin': 'x',
    'kit/b.txt': FILES['b.txt'],
  });
});

test('sums have the form that sha256sum reads', async () => {
  const kit = join(folder, 'kit');
  expect(await filesBelow(kit)).toEqual(['a/empty.html', 'a/noise.bin', 'b.txt']);
  expect(await sumsOf(kit, ['a/empty.html', 'a/noise.bin'])).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a/empty.html\n' +
      '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  a/noise.bin\n',
  );
});
