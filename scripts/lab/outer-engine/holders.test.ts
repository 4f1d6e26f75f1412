import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newFileName } from '../../../src/process/owner.ts';
import { holdersIn } from './holders.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holders-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('it is in use until the last user releases it', async () => {
  const holders = holdersIn(folder);
  const letGo = [await holders.add(), await holders.add()];
  await letGo[0]?.();
  expect(await holders.any()).toBe(true);
  await letGo[1]?.();
  expect(await holders.any()).toBe(false);
});

test('a process that was killed does not count as a user, whenever it was killed', async () => {
  await writeFile(join(folder, `${newFileName()}0`), '');
  await writeFile(join(folder, 'not-a-note'), '');
  expect(await holdersIn(folder).any()).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('a process on another machine that shares the folder counts as a user', async () => {
  await writeFile(join(folder, `0123456789ab.${encodeURIComponent('elsewhere/1/0')}`), '');
  expect(await holdersIn(folder).any()).toBe(true);
});
