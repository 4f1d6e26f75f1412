import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { vmCacheOf } from './vm-cache.ts';

const TAKEN = [
  'scripts/browser-lab',
  'scripts/lab/recipe/build/debian-tars.sh',
  'package-lock.json',
];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
  for (const path of TAKEN) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(path, join(root, path), { recursive: true });
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const key = async () => (await vmCacheOf(root)).key;
const append = (path: string) => writeFileSync(join(root, path), '\n', { flag: 'a' });

test('the key is the same in every checkout, and begins with the prefix', async () => {
  const here = await vmCacheOf(process.cwd());
  expect(await vmCacheOf(root)).toEqual(here);
  expect(here.key.startsWith(here.prefix)).toBe(true);
  expect(here.path).toMatch(/^\/.*\/you-like-docker\/vm$/);
});

test.each([
  'scripts/browser-lab/inputs/inputs.lock.json',
  'scripts/browser-lab/kernel/fragment.config',
  'scripts/browser-lab/guest/init',
  'scripts/browser-lab/make/disk.sh',
  'scripts/browser-lab/state.ts',
  'scripts/lab/recipe/build/debian-tars.sh',
])('a change of %s changes the key', async (path) => {
  const before = await key();
  append(path);
  expect(await key()).not.toBe(before);
});

test('of the npm packages, only another version of v86 changes the key', async () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const write = (name: string) => {
    const pinned = JSON.parse(lock) as { packages: Record<string, { integrity: string }> };
    pinned.packages[name] = { integrity: 'sha512-another' };
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(pinned));
  };
  const before = await key();
  write('node_modules/astro');
  expect(await key()).toBe(before);
  write('node_modules/v86');
  expect(await key()).not.toBe(before);
});

test.each([
  'scripts/browser-lab/inputs/archive.test.ts',
  'scripts/browser-lab/lessons/try-lesson.ts',
])('a change of %s does not change the key', async (path) => {
  const before = await key();
  append(path);
  expect(await key()).toBe(before);
});
