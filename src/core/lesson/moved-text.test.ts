import { expect, test } from 'vitest';
import { decodeMoved, encodeMoved, movedOn } from './moved-text.ts';

test('former names become a text and are read from it', () => {
  const moved = { old: 'new', 'run#host': 'contexts#docker-host', 'run#gone': 'contexts#gone' };
  expect(encodeMoved(moved)).toBe('old new run#host contexts#docker-host run#gone contexts#');
  expect(decodeMoved(encodeMoved(moved))).toEqual(moved);
  expect(decodeMoved('')).toEqual({});
});

test('the page of a lesson needs the names of lessons and of its own steps', () => {
  const moved = { old: 'new', 'run#host': 'contexts#host', 'cache#a': 'clean-up#a' };
  expect(movedOn(moved, undefined)).toEqual(moved);
  expect(movedOn(moved, 'contexts')).toEqual({ old: 'new', 'run#host': 'contexts#host' });
  expect(movedOn(moved, 'cache')).toEqual({ old: 'new', 'cache#a': 'clean-up#a' });
});
