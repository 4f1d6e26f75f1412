import { expect, test } from 'vitest';
import { untilAborted } from './until-aborted.ts';

test('work that fails after an abort is nobody’s concern', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const work = Promise.reject(new Error('the lab is gone'));
  await expect(untilAborted(work, AbortSignal.abort(new Error('interrupted')))).rejects.toThrow(
    'interrupted',
  );
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
