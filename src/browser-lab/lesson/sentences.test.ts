import { describe, expect, it } from 'vitest';
import { LAB_WORDS } from '../../site/i18n/client/browser-lab.ts';
import { whyNot } from './sentences.ts';

describe('why a step does not run', () => {
  it.each([
    [{ kind: 'network' }, /internet/],
    [{ kind: 'programs' }, /programs/],
    [{ kind: 'images', images: ['alpine', 'redis'] }, /: alpine, redis\.$/],
    [{ kind: 'untried' }, /tried/],
    [{ kind: 'status', wanted: 0, got: 125 }, /status 0, and ended with 125/],
    [{ kind: 'ended', how: 'timeout' }, /in time/],
    [
      {
        kind: 'unmet',
        unmet: [
          { kind: 'shows', title: '', expected: '"a"' },
          { kind: 'absent', title: '', expected: 'no "b"' },
        ],
      },
      /show "a"\. .*not show "b"\.$/,
    ],
  ] as const)('%j', (why, said) => {
    expect(whyNot(LAB_WORDS.en, why)).toMatch(said);
    expect(whyNot(LAB_WORDS.es, why)).not.toBe(whyNot(LAB_WORDS.en, why));
  });
});
