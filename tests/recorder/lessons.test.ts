import { expect, test } from 'vitest';
import { npmRunRecord } from '../support/recorder.ts';

test(
  'every lesson prints what was recorded',
  // The whole workshop: minutes, and more of them on a machine that is busy.
  { timeout: 900_000 },
  async () => {
    const { status, stdout, stderr } = await npmRunRecord(['--check', '--all', '--jobs', '2']);
    expect(stdout.trimEnd().split('\n').at(-1), stdout + stderr).toMatch(
      /^lessons: [1-9]\d* as recorded, 0 changed, 0 failed$/,
    );
    expect(status).toBe(0);
  },
);
