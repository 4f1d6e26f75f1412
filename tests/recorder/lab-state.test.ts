import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Lab } from '../../scripts/lab/index.ts';
import { hasProgram, installPackages } from '../../scripts/lab/outer-engine/packages.ts';
import { askEngine } from '../../scripts/recorder/run/lab-state.ts';
import { until } from '../support/faults.ts';
import { labsOfThisFile } from '../support/recorder.ts';

/** Process number of a lab's Engine on this machine. */
async function engineOf(lab: Lab): Promise<string> {
  const { stdout: labIds } = await lab.run(['readlink', '/proc/self/ns/pid']);
  const found = readdirSync('/proc').find((id) => {
    try {
      const isEngine = readFileSync(`/proc/${id}/comm`, 'utf8') === 'dockerd\n';
      return isEngine && readlinkSync(`/proc/${id}/ns/pid`) === labIds.trim();
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error('there is no dockerd in the lab');
  return found;
}

/** Makes a process wait for the disk; the function that is returned ends that. */
async function slowDisk(id: string): Promise<() => Promise<void>> {
  if (!(await hasProgram('strace'))) await installPackages(['strace'], () => undefined);
  const delay = ['-e', 'trace=fsync', '-e', 'inject=fsync:delay_enter=1s'];
  const strace = spawn('strace', ['-f', '-o', '/dev/null', '-p', id, ...delay], {
    stdio: 'ignore',
  });
  const isTraced = () => !readFileSync(`/proc/${id}/status`, 'utf8').includes('TracerPid:\t0');
  if (!(await until(isTraced, 10))) throw new Error('strace does not begin');
  return async () => {
    strace.kill();
    await once(strace, 'exit');
  };
}

test('a container that has ended counts as ended before the Engine lists it as such', async () => {
  const host = await labsOfThisFile();
  const lab = await host.openLab({ lab: 'default', store: 'containerd', images: ['busybox'] });
  await lab.run(['docker', 'run', '-d', '--name', 'hen', 'busybox', 'sleep', '600']);
  const stop = await slowDisk(await engineOf(lab));
  try {
    const ended = 'docker kill hen && docker ps --format {{.Names}}';
    expect((await lab.run(['sh', '-c', ended])).stdout).toBe('hen\nhen\n');
    expect((await askEngine(lab))?.containers).toEqual({ hen: 'exited' });
  } finally {
    await stop();
    await lab.run(['docker', 'rm', 'hen']);
    await lab.close();
  }
});
