import { expect, test } from 'vitest';
import { changes } from './changes.ts';

const scripted = changes.filter(({ store }) => store === undefined).flatMap((one) => one.changes);

test.each(scripted)('the script of "$what" has one part that is changed', ({ script, changed }) => {
  expect(script).not.toBe(changed);
  expect(script + changed).not.toMatch(/[⟦→⟧]/);
});

test('each change has its own name, and there are enough of them', () => {
  const names = changes.flatMap((group) => group.changes.map(({ what }) => what));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});
