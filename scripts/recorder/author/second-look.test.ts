import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lessonFiles } from '../../../src/store/write.ts';
import type { LabHost } from '../../lab/index.ts';
import type { RecordResult } from '../result.ts';
import { SecondLook } from './second-look.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'you-like-docker-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  const path = join(folder, 'recordings/one', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
const files = () =>
  Object.fromEntries(
    [...(lessonFiles(join(folder, 'recordings'), 'one') ?? [])].map(([name, content]) => [
      name,
      content.toString(),
    ]),
  );

/** What matters of the result of a run that has recorded a new step. */
const RECORDED = {
  written: true,
  lessons: [{ lesson: 'one', kind: 'changed', changes: [{ kind: 'new', step: 's', after: {} }] }],
} as unknown as RecordResult;

test.each([
  ['a recording that is put back', { 's.txt': 'before' }],
  ['a first recording that is removed', {}],
])('%s leaves what other commands have written since then', async (_name, before) => {
  for (const [name, text] of Object.entries(before)) write(name, text);
  const look = new SecondLook({
    ...{ content: folder, recordings: join(folder, 'recordings') },
    ...{ host: {} as LabHost, report: () => undefined },
  });
  await look.recordOnce('one', () => {
    write('s.txt', 'after one run');
    return Promise.resolve(RECORDED);
  });
  const others = { 'browser.json': '{}', 'engines/29/s.txt': 'of Engine 29' };
  for (const [name, text] of Object.entries(others)) write(name, text);
  expect(await look.putAllBack()).toEqual(['one']);
  expect(files()).toEqual({ ...before, ...others });
});
