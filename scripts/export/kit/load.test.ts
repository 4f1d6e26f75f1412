import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

// tests/browser-lab/built/kit.test.ts loads the images into a real Engine.
test('load.sh without an address says so if the images are not next to it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'load-'));
  try {
    await copyFile(join(import.meta.dirname, 'files/load.sh'), join(folder, 'load.sh'));
    await expect(run('sh', ['load.sh'], { cwd: folder })).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^load\.sh: the images are not in .*\n {2}to fix: .* load.sh http:\/\/ADDRESS:8000/,
      ) as string,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
