import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../support/recorder.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'you-like-docker-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

test('npm run lab -- --clean says what it removes, and keeps the parts of the browser lab', async () => {
  const folder = join(cache, 'you-like-docker');
  for (const name of ['build/default-abc', 'vm/kernel']) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'file'), Buffer.alloc(2_000_000));
  }
  const command = ['npm', 'run', '--silent', 'lab', '--', '--clean'];
  const env = { XDG_CACHE_HOME: cache, DOCKER_HOST: 'unix:///nowhere.sock' };
  const { status, stderr } = await run(command, { env });
  expect(stderr).toMatch(/^lab: removed \/.*\/build \(\S+M\)$/m);
  expect(stderr).toMatch(/^lab: kept \/.*\/vm \(\S+M\), /m);
  expect(status).toBe(0);
  expect(readdirSync(folder)).toEqual(['vm']);
  expect(readdirSync(join(folder, 'vm/kernel'))).toEqual(['file']);
});
