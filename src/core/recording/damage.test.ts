import { expect, test } from 'vitest';
import { encodeCast, type CastEvent } from './cast.ts';
import { examine } from './damage.ts';
import type { StepProof } from './proof.ts';

const EVENTS: readonly CastEvent[] = [
  [0, 'm', 'uname'],
  [0.1, 'o', '$ uname\r\nLinux\r\n'],
  [0, 'x', '0'],
];
const castOf = (events: readonly CastEvent[]) =>
  encodeCast({
    header: { version: 3, title: 'one', term: { cols: 80, rows: 24, type: 'xterm' }, env: {} },
    events,
  });
const WHOLE = { cast: castOf(EVENTS), screen: '$ uname\nLinux\n' };
const PROOF: StepProof = {
  ...{ source: 'a', recorded: '2026-01-01', engine: '28', measured: {} },
  commands: [{ typed: 'uname', exit: 0, ms: 1, shown: { from: 0, to: 1 } }],
};
const PICTURED: StepProof = { ...PROOF, picture: { sha256: 'ab', width: 1, height: 1 } };

test('a complete recording is whole', () => {
  expect(examine('a', 'one', WHOLE, PROOF)).toMatchObject({
    state: 'whole',
    cast: { events: EVENTS },
    text: WHOLE,
  });
  const pictured = { ...WHOLE, picture: { sha256: 'ab' } };
  expect(examine('a', 'one', pictured, PICTURED)).toMatchObject({ state: 'whole' });
});

test.each([
  [{ ...WHOLE, cast: undefined }, 'one.cast does not exist'],
  [{ ...WHOLE, screen: undefined }, 'one.txt does not exist'],
  [
    { ...WHOLE, cast: castOf(EVENTS.slice(0, 2)) },
    'one.cast was truncated: it has no final exit event',
  ],
  [{ ...WHOLE, cast: WHOLE.cast.slice(0, -3) }, 'one.cast cannot be read: CastError: line 4: not'],
  [{ ...WHOLE, cast: '' }, 'one.cast cannot be read: CastError: line 1:'],
  [{ ...WHOLE, screen: '' }, 'one.txt was truncated: it has 0 lines, and line 1 was typed'],
  [{ ...WHOLE, picture: { sha256: undefined } }, 'one.png does not exist'],
  [{ ...WHOLE, picture: { sha256: 'cd' } }, 'one.png is not the one that proof.json names'],
])('a damaged recording is reported with the file and the damage: %#', (files, found) => {
  expect(examine('a', 'one', files, PICTURED)).toMatchObject({
    state: 'damaged',
    found: expect.stringContaining(`recordings/a/${found}`) as string,
  });
});
