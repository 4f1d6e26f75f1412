import { expect, test } from 'vitest';
import { changes } from './changes.ts';

const scripted = changes.filter(({ store }) => store === undefined).flatMap((one) => one.changes);

test.each(scripted)('the script of "$what" holds what is changed, once', (change) => {
  expect(change.script.split(change.from)).toHaveLength(2);
  expect(change.to).not.toBe(change.from);
});

test('each change has its own name, and there are enough of them', () => {
  const names = changes.flatMap((group) => group.changes.map(({ what }) => what));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});
