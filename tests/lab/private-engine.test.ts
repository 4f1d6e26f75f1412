import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesNaming } from '../../scripts/lab/outer-engine/leftovers.ts';
import { childWith, firstLine } from '../support/child.ts';

/** Only for root on Linux; elsewhere labs always run in an Engine that is already there. */
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'the private Engine',
  () => {
    let cache: string;
    beforeAll(async () => {
      // So deep that the path of a socket in it would be too long.
      cache = join(await mkdtemp(join(tmpdir(), 'lab-engine-')), 'deep'.repeat(20));
    });
    afterAll(() => rm(join(cache, '..'), { recursive: true }));

    const hold = `
    const { privateEngine } = await import('./scripts/lab/outer-engine/private.ts');
    const engine = await privateEngine(() => {});
    console.log((await engine.docker.info()).DockerRootDir);
    process.stdin.on('end', async () => { await engine.release(); }).resume();`;

    test('is shared, survives a holder that is killed, and ends with the last one', async () => {
      const before = networkOfThisMachine();
      const first = childWith(hold, { XDG_CACHE_HOME: cache });
      const folder = await firstLine(first);
      expect(folder.startsWith(cache)).toBe(true);
      const second = childWith(hold, { XDG_CACHE_HOME: cache });
      expect(await firstLine(second)).toBe(folder);
      expect(await processesNaming(cache)).toHaveLength(1);

      second.kill('SIGKILL');
      await once(second, 'exit');
      const third = childWith(hold, { XDG_CACHE_HOME: cache });
      expect(await firstLine(third)).toBe(folder);
      first.stdin?.end();
      await once(first, 'exit');
      expect(await processesNaming(cache)).toHaveLength(1);
      third.stdin?.end();
      await once(third, 'exit');

      await expectNothingLeft();
      expect(networkOfThisMachine()).toBe(before);
    });

    test('is started again after it was killed, and leaves nothing behind', async () => {
      const child = childWith(
        `
      const { privateEngine } = await import('./scripts/lab/outer-engine/private.ts');
      const { processesNaming } = await import('./scripts/lab/outer-engine/leftovers.ts');
      const engine = await privateEngine(() => {});
      const kill = async () => {
        for (const pid of await processesNaming(process.env.XDG_CACHE_HOME)) process.kill(pid, 'SIGKILL');
      };
      await kill();
      await engine.revive();
      console.log((await engine.docker.info()).DockerRootDir);
      await kill();
      await engine.release();`,
        { XDG_CACHE_HOME: cache },
      );
      expect((await firstLine(child)).startsWith(cache)).toBe(true);
      expect(await once(child, 'exit')).toEqual([0, null]);
      await expectNothingLeft();
    });

    async function expectNothingLeft(): Promise<void> {
      expect(await processesNaming(cache)).toHaveLength(0);
      expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(cache);
    }
  },
);

/** Network devices, namespaces and firewall rules, without their counters. */
function networkOfThisMachine(): string {
  const devices = run('ip', ['-brief', 'link']);
  const rules = run('iptables-save', []).replaceAll(/^#.*$|\[\d+:\d+\]/gm, '');
  return `${devices}${run('ip', ['netns'])}${rules}`;
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8' });
}
