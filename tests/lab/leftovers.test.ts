import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { endCgroup } from '../../scripts/lab/outer-engine/leftovers.ts';

const NAME = `you-like-docker-test-${process.pid}`;
/** Where cgroup v2 is mounted; only there, processes of other namespaces are listed as 0. */
const hierarchy =
  ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((folder) =>
    existsSync(join(folder, 'cgroup.procs')),
  ) ?? '';
const group = join(hierarchy, NAME);
let sleeper: ChildProcess;

afterEach(async () => {
  sleeper.kill('SIGKILL');
  for (let tries = 0; existsSync(group) && tries < 50; tries++) {
    try {
      rmdirSync(group);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

function sleepInGroup(): void {
  mkdirSync(group);
  sleeper = spawn('sleep', ['60']);
  writeFileSync(join(group, 'cgroup.procs'), String(sleeper.pid));
}

test('the processes of a cgroup are ended, and the cgroup is removed', async () => {
  sleepInGroup();
  await endCgroup(`/${NAME}`);
  expect(existsSync(group)).toBe(false);
});

const FREEZER = '/sys/fs/cgroup/freezer';
test.runIf(existsSync(FREEZER))(
  'frozen processes, such as those of a paused lab, are also ended',
  async () => {
    sleepInGroup();
    const inner = join(FREEZER, NAME, 'inner');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, 'cgroup.procs'), String(sleeper.pid));
    writeFileSync(join(FREEZER, NAME, 'freezer.state'), 'FROZEN');
    await endCgroup(`/${NAME}`);
    expect(existsSync(join(FREEZER, NAME))).toBe(false);
    expect(existsSync(group)).toBe(false);
  },
);

test('processes of another namespace, which are listed as 0, are ignored, and no other process is ended', () => {
  sleepInGroup();
  const module = new URL('../../scripts/lab/outer-engine/leftovers.ts', import.meta.url).href;
  const script = `import { endCgroup } from ${JSON.stringify(module)}; await endCgroup('/${NAME}'); console.log('still here');`;
  // Not as the first process of its namespace, which signals do not end, and in its own group.
  const output = execFileSync(
    'unshare',
    [
      '--pid',
      '--fork',
      '--mount-proc',
      'sh',
      '-c',
      'setsid --wait "$0" --input-type=module -e "$1"',
      process.execPath,
      script,
    ],
    { encoding: 'utf8' },
  );
  expect(output).toBe('still here\n');
  expect(sleeper.exitCode).toBeNull();
  expect(sleeper.signalCode).toBeNull();
});
