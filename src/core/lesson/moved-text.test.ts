import { expect, test } from 'vitest';
import { decodeMoved, encodeMoved } from './moved-text.ts';

test('former names become a text and are read from it', () => {
  const moved = { old: 'new', 'run#host': 'contexts#docker-host' };
  expect(encodeMoved(moved)).toBe('old new run#host contexts#docker-host');
  expect(decodeMoved(encodeMoved(moved))).toEqual(moved);
  expect(decodeMoved('')).toEqual({});
});
