import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { step, vmCache } from './step.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const DAY = 24 * 3600;
/** Makes a folder in the cache that was last touched this many days ago. */
function older(name: string, days: number): void {
  const path = join(vmCache(), name);
  mkdirSync(path, { recursive: true });
  utimesSync(path, Date.now() / 1000 - days * DAY, Date.now() / 1000 - days * DAY);
}

const make = (text: string) => (target: string) => writeFile(join(target, 'file'), text);
const read = (result: string) => readFileSync(join(result, 'file'), 'utf8');

it('makes a result once for the same inputs', async () => {
  expect(read(await step('one', 'inputs', make('first')))).toBe('first');
  expect(read(await step('one', 'inputs', make('second')))).toBe('first');
  expect(read(await step('one', 'others', make('third')))).toBe('third');
});

it('shares one result between concurrent builds', async () => {
  const first = step('one', 'inputs', async (target) => {
    // Meanwhile, another process has made the same result.
    const theirs = target.replace(/[^/]*$/, 'one-inputs');
    mkdirSync(theirs);
    await make('theirs')(theirs);
    await make('mine')(target);
  });
  expect(read(await first)).toBe('theirs');
  expect(readdirSync(vmCache())).toEqual(['one-inputs']);
});

it('leaves nothing if it fails halfway, and makes the result on the next attempt', async () => {
  const halfway = async (target: string) => {
    await make('half')(target);
    throw new Error('interrupted');
  };
  await expect(step('one', 'inputs', halfway)).rejects.toThrow('interrupted');
  expect(readdirSync(vmCache())).toEqual([]);
  expect(read(await step('one', 'inputs', make('whole')))).toBe('whole');
});

it('removes its results that were not used for a month, and leftovers of other processes', async () => {
  older('one-old', 31);
  older('one-new', 29);
  older('other-old', 31);
  older('one.1.new', 2);
  older('one.2.new', 0.5);
  await step('one', 'inputs', make('whole'));
  expect(readdirSync(vmCache()).sort()).toEqual([
    'one-inputs',
    'one-new',
    'one.2.new',
    'other-old',
  ]);
});
