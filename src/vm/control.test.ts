import { expect, it } from 'vitest';
import { ControlReader } from './control.ts';

it('takes answers apart, also where they arrive in pieces', () => {
  const reader = new ControlReader();
  expect(reader.read('one\ntw')).toEqual([]);
  expect(reader.read('o\n\x1e')).toEqual([]);
  expect(reader.read('0\nnext\x1e12')).toEqual([{ output: 'one\ntwo\n', status: 0 }]);
  expect(reader.read('7\n\x1e0\n')).toEqual([
    { output: 'next', status: 127 },
    { output: '', status: 0 },
  ]);
});
