import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BuildError, run } from './run.ts';

const NEVER = new AbortController().signal;

/** Whether a process runs. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('returns the output of a program', async () => {
  const lines: string[] = [];
  const line = (text: string) => lines.push(text);
  const ended = await run('sh', ['-c', 'echo one; echo two >&2'], { signal: NEVER, line });
  expect(ended.split('\n').sort()).toEqual(['', 'one', 'two']);
  expect(lines.sort()).toEqual(['one', 'two']);
});

it('reports the status of a failed program and the end of its output', async () => {
  const failing = run('sh', ['-c', 'seq 100; exit 3'], { signal: NEVER });
  const error: unknown = await failing.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BuildError);
  expect(error).toMatchObject({
    message: 'sh -c seq 100; exit 3 ended with 3',
    log: expect.stringMatching(/^77\n[^]*\n100\n$/) as string,
  });
});

it('ends the program and its child processes at once when interrupted', async () => {
  const controller = new AbortController();
  const pids: number[] = [];
  const running = run('sh', ['-c', 'sleep 100 & echo $!; echo $$; sleep 100'], {
    signal: controller.signal,
    line: (text) => {
      if (pids.push(Number(text)) === 2) controller.abort(new Error('enough'));
    },
  });
  const start = performance.now();
  await expect(running).rejects.toThrow('enough');
  expect(performance.now() - start).toBeLessThan(5000);
  expect(pids).toHaveLength(2);
  // Children of the program are reaped by another process.
  for (let waited = 0; pids.some(isAlive) && waited < 2000; waited += 20) await sleep(20);
  expect(pids.filter(isAlive)).toEqual([]);
});

it('starts nothing if it was interrupted before', async () => {
  const running = run('sh', ['-c', 'exit 3'], { signal: AbortSignal.abort(new Error('before')) });
  await expect(running).rejects.toThrow('before');
});
