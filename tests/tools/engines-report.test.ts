import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fence, Workshop } from '../support/recorder.ts';

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

test('lessons run on the older Engine, and the report shows output that differs', async () => {
  const asks = fence('same expect="28"', '$ echo same', '$ dockerd --version | cut -d. -f1');
  // A docker command adds the reference of commands.
  workshop.write('fine', fence('lists', '$ docker ps'));
  workshop.write('other', `${asks}\nOne line is \`Docker version 28\`.`);
  workshop.write(
    'ends',
    fence('fails', '$ dockerd --version | grep "version 28" > /dev/null', '$ true') +
      fence('rest', '$ dockerd --version | cut -d. -f2'),
  );
  workshop.write('elsewhere', fence('one', '$ true'), 'lab: machines');
  expect(await engines('other')).toMatchObject({ status: 10, stdout: '' });
  await workshop.record(['other', 'ends', 'fine', 'commands']);
  const before = workshop.snapshot();

  const out = join(workshop.folder, 'engines.md');
  const { status, stderr } = await engines('--out', out);
  expect(status, stderr).toBe(0);
  const report = readFileSync(out, 'utf8');
  expect(report).toMatch(/^# Docker Engine 26\.1\.\S+ compared with 28\.5\.\S+\n/);
  expect(report).toContain('-Docker version 28\n+Docker version 26\n');
  expect(report).toContain('### `dockerd --version | cut -d. -f1`\n');
  expect(report).not.toContain('echo same');
  expect(report).toMatch(/- `ends#fails`: .*1/);
  expect(report).toContain('`ends#rest`');
  expect(report).toContain('- `elsewhere` requires the lab `machines`');
  expect(report).toMatch(/`docker \S+ --help`/);
  expect(workshop.snapshot()).toEqual(before);
});
