import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CiError } from './error.ts';
import { readResults } from './result.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'you-like-docker-result-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a result that names a lesson and a step, and reads it with `readResults`. */
async function read(lesson: string, step: string) {
  const at = { lesson, step, file: 'content/lessons/a.mdx', line: 1 };
  const result = {
    status: 20,
    lessons: [{ lesson, result: 'failed' }],
    steps: [{ ...at, change: 'drift' }],
    failures: [{ ...at, status: 20, title: 'no' }],
    problems: [],
  };
  await writeFile(join(folder, 'result.json'), JSON.stringify(result));
  return readResults(folder);
}

test('a result names lessons and steps by their ids', async () => {
  expect(await read('first-lesson', 'step-1')).toMatchObject({
    failures: [{ lesson: 'first-lesson', step: 'step-1' }],
  });
});

test.each([
  ['-x', 'a'],
  ['a', '-x'],
  ['a'.repeat(101), 'a'],
  ['a', '../a'],
  ['a', '`a`'],
])('an untrusted result with an invalid id is rejected: %s, %s', async (lesson, step) => {
  await expect(read(lesson, step)).rejects.toThrow(CiError);
});
