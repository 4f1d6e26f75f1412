import { expect, test } from 'vitest';
import { capability, type Browser } from './capable.ts';

const good: Browser = { webAssembly: true, workers: true, memory: 8, savesData: false };

test.each<[Partial<Browser>, ReturnType<typeof capability>]>([
  [{}, { kind: 'able' }],
  [{ memory: undefined }, { kind: 'able' }],
  [{ memory: 2 }, { kind: 'able' }],
  [{ memory: 1 }, { kind: 'ask', why: 'memory' }],
  [{ savesData: true }, { kind: 'ask', why: 'data' }],
  [{ webAssembly: false }, { kind: 'unable', why: 'webAssembly' }],
  [
    { workers: false, savesData: true },
    { kind: 'unable', why: 'workers' },
  ],
])('%o', (differs, expected) => {
  expect(capability({ ...good, ...differs })).toEqual(expected);
});
