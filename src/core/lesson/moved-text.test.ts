import { expect, test } from 'vitest';
import { decodeMoved, encodeMoved } from './moved-text.ts';

test('former names become a text and are read from it', () => {
  const moved = { old: 'new', 'run#host': 'contexts#docker-host', 'run#gone': 'contexts#gone' };
  expect(encodeMoved(moved)).toBe('old new run#host contexts#docker-host run#gone contexts#');
  expect(decodeMoved(encodeMoved(moved))).toEqual(moved);
  expect(decodeMoved('')).toEqual({});
});
