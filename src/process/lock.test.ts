import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.ts';
import { newFileName, self } from './owner.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('only one holder works at a time, and no files are left behind', async () => {
  const file = join(folder, 'lock');
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await sleep(5);
    inside--;
  };
  await Promise.all(
    Array.from({ length: 5 }, () => withLock(file, () => undefined, undefined, work)),
  );
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('the lock of a process that was killed is taken over at once', async () => {
  const file = join(folder, 'lock');
  await writeFile(file, `${self()}0`);
  let told = 0;
  const waiting = (): number => told++;
  expect(await withLock(file, waiting, undefined, () => Promise.resolve('done'))).toBe('done');
  expect(told).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test('files left by processes that were killed while waiting are removed', async () => {
  const file = join(folder, 'lock');
  const dead = `${file}.${newFileName()}0`;
  const waiting = `${file}.${newFileName()}`;
  // Killed between creating the file and writing to it.
  await writeFile(dead, '');
  await writeFile(waiting, self());
  await withLock(
    file,
    () => undefined,
    undefined,
    () => Promise.resolve(),
  );
  expect((await readdir(folder)).map((name) => join(folder, name))).toEqual([waiting]);
});

test('waiting reports the holder once and ends on abort', async () => {
  const file = join(folder, 'lock');
  await writeFile(file, self());
  const told: string[] = [];
  const waiting = withLock(
    file,
    (holder) => told.push(holder),
    AbortSignal.timeout(250),
    () => Promise.resolve(),
  );
  await expect(waiting).rejects.toThrow(/timeout/);
  expect(told).toEqual([self()]);
});
