import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { together } from './together.ts';

const LONG = 100_000;
const NEVER = new AbortController().signal;

/** Works until it is aborted, and for a moment after that. */
const long = (ended: string[]) => async (signal: AbortSignal) => {
  await sleep(LONG, undefined, { signal }).catch(() => undefined);
  await sleep(20);
  ended.push('long');
  signal.throwIfAborted();
};

it('returns both results', async () => {
  const both = together(
    NEVER,
    () => Promise.resolve(1),
    async () => sleep(1, 'two'),
  );
  expect(await both).toEqual([1, 'two']);
});

it.each([0, 1])('if one fails, aborts the other one and waits for it: %s', async (first) => {
  const ended: string[] = [];
  const works = [
    long(ended),
    async () => {
      await sleep(1);
      throw new Error('disk full');
    },
  ];
  const [one = long(ended), other = long(ended)] = first === 0 ? works : works.reverse();
  await expect(together(NEVER, one, other)).rejects.toThrow('disk full');
  expect(ended).toEqual(['long']);
});

it('aborts both when interrupted, and waits for them', async () => {
  const ended: string[] = [];
  const controller = new AbortController();
  const both = together(controller.signal, long(ended), long(ended));
  controller.abort(new Error('interrupted'));
  await expect(both).rejects.toThrow('interrupted');
  expect(ended).toEqual(['long', 'long']);
});
