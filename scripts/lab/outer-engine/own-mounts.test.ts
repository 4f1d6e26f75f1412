import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withOwnMounts } from './own-mounts.ts';

test('a command that is killed leaves nothing mounted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'you-like-docker-mounts-'));
  const script = 'mount -t tmpfs none "$1" && grep -c "$1" /proc/self/mounts && kill -KILL $$';
  try {
    const [program, ...args] = withOwnMounts(['sh', '-c', script, 'sh', folder]);
    const { stdout, signal } = spawnSync(program, args, { encoding: 'utf8' });
    expect({ stdout, signal }).toEqual({ stdout: '1\n', signal: 'SIGKILL' });
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
