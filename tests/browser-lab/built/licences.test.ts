import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { VM_FOLDER } from '../../../scripts/browser-lab/folder.ts';
import { readInputsLock } from '../../../scripts/browser-lab/inputs/lock.ts';
import { LICENCES } from '../../../src/browser-lab/format/manifest.ts';

/* What the page of the licences says of the programs that were built into vm/. */

const folder = join(VM_FOLDER, LICENCES);
const $ = load(readFileSync(join(folder, 'index.html'), 'utf8'));

test('each locked package has its licence, and the address of the source of its version', async () => {
  const { base, system, machine, served } = await readInputsLock();
  const listed = new Set($('tr th[scope=row]').map((_, cell) => $(cell).text()));
  for (const { name } of [...base, ...system, ...machine, ...served])
    expect(listed).toContain(name);
  for (const row of $('tbody tr')) {
    const [licence = '', snapshot = '', dsc = ''] = $(row)
      .find('a')
      .map((_, link) => $(link).attr('href'));
    expect(licence).toMatch(/^packages\/.*\.txt$/);
    expect(snapshot).toMatch(/^https:\/\/snapshot\.debian\.org\/package\/[a-z0-9.+-]+\/[^/]+\/$/);
    expect(dsc).toMatch(/^http:\/\/deb\.debian\.org\/.*\/pool\/.*\.dsc$/);
  }
  // Its programs are linked statically.
  const engine = $('tr').filter((_, row) => $(row).find('th').text() === 'docker.io');
  expect(engine.find('details li').text()).toContain('containerd');
});

test('each text that the page links to is beside it', () => {
  const paths = $('a[href]')
    .map((_, link) => decodeURIComponent($(link).attr('href') ?? ''))
    .get()
    .filter((path) => !path.includes(':'));
  expect(paths).toContain('kernel/config.txt');
  expect(paths).toContain('common/GPL-2.txt');
  for (const path of paths) expect(existsSync(join(folder, path)), path).toBe(true);
  expect(readFileSync(join(folder, 'kernel/config.txt'), 'utf8')).toContain('CONFIG_X86_32=y');
});
