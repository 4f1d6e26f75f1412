import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isGone, self } from './owner.ts';

test('this process is not gone', () => {
  expect(isGone(self())).toBe(false);
});

test('a process that ended is gone', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  const ended = once(child, 'exit');
  const owner = self().replace(`/${process.pid}/`, `/${child.pid ?? 0}/`);
  await ended;
  expect(isGone(owner)).toBe(true);
});

test('another process with the same id is not the owner', () => {
  expect(isGone(`${self()}0`)).toBe(true);
});

test('a process on another machine is never reported as gone', () => {
  expect(isGone(`elsewhere/${process.pid}/0`)).toBe(false);
});
