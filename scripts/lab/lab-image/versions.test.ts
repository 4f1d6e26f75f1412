import { expect, test } from 'vitest';
import { differences } from './versions.ts';

test('the same versions do not differ', () => {
  expect(differences({ engine: '28', runc: '1' }, { runc: '1', engine: '28' })).toBeUndefined();
});

test('lists what was changed, added and removed', () => {
  expect(differences({ engine: '28', runc: '1' }, { engine: '29', buildx: '0.30' })).toBe(
    'engine 28 → 29, runc 1 → absent, buildx absent → 0.30',
  );
});
