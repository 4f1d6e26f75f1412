import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeVmFolder } from '../tools/fixtures/vm-folder.ts';
import { faultsOfVm } from './proven-vm.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'you-like-docker-vm-'));
  writeVmFolder(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);

test('a folder that matches its manifest has no faults', async () => {
  expect(await faultsOfVm(folder)).toEqual([]);
});

test.each([
  ['no manifest', () => rmSync(join(folder, 'manifest.json')), 'no such file'],
  ['a manifest of another kind', () => write('manifest.json', '{}'), 'schema is not'],
  ['no state', () => rmSync(join(folder, 'state-0.bin.zst')), 'there is no state-0.bin.zst'],
  ['a different state', () => write('state-0.bin.zst', 'x'), 'the hash of state-0.bin.zst differs'],
  [
    'a missing part of the disk',
    () => rmSync(join(folder, 'disk-0/part-256-512.img.zst')),
    '1 of 4 parts of the disk are missing',
  ],
  ['no licences', () => rmSync(join(folder, 'licences/index.html')), 'the licences are missing'],
  [
    'a part of a different size',
    () => write('disk-0/part-256-512.img.zst', 'longer'),
    'the parts of the disk have 9 bytes, not 4',
  ],
])('%s', async (_, change, fault) => {
  change();
  const faults = await faultsOfVm(folder);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
});
