import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fence, Workshop } from './support/recorder.ts';

let workshop: Workshop;
beforeEach(() => {
  workshop = new Workshop();
});
afterEach(() => workshop.remove());

async function engines(...args: readonly string[]) {
  const folders = ['--content', workshop.content, '--recordings', workshop.recordings];
  const command = ['run', '--silent', 'engines', '--', ...folders, ...args];
  const child = spawn('npm', command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => child.on('close', done));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
}

test('lessons are played on the older Engine, and told is what it prints otherwise', async () => {
  const asks = fence('same expect="28"', '$ echo same', '$ dockerd --version | cut -d. -f1');
  workshop.write('other', asks);
  workshop.write(
    'ends',
    fence('fails', '$ dockerd --version | grep "version 28" > /dev/null', '$ true'),
  );
  workshop.write('elsewhere', fence('one', '$ true'), 'lab: machines');
  expect(await engines('other')).toMatchObject({ status: 10, stdout: '' });
  await workshop.record(['other', 'ends']);
  const before = workshop.snapshot();

  const { status, stdout, stderr } = await engines('other', 'ends', 'elsewhere');
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/^# Docker Engine 26\.1\.\S+ beside 28\.5\.\S+\n/);
  expect(stdout).toContain('-Docker version 28\n+Docker version 26\n');
  expect(stdout).toContain('$ dockerd --version | cut -d. -f1\n');
  expect(stdout).not.toContain('echo same');
  expect(stdout).toMatch(/- `ends#fails`: .*1/);
  expect(stdout).toContain('- `elsewhere` asks for the lab `machines`');
  expect(workshop.snapshot()).toEqual(before);
});
