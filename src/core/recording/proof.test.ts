import { expect, test } from 'vitest';
import { encodeProof, parseProof, PROOF_SCHEMA, type Proof } from './proof.ts';

const proof: Proof = {
  schema: PROOF_SCHEMA,
  lesson: 'run',
  recorded: '2026-11-25',
  lab: {
    image: 'lab',
    engine: '29',
    api: '1.52',
    containerd: '2',
    runc: '1',
    buildx: '0',
    compose: '5',
    store: 'containerd',
    kernel: '6',
    architecture: 'x86_64',
    images: {},
  },
  steps: {
    one: {
      source: 'sha256:0',
      recorded: '2026-11-25',
      engine: '29',
      commands: [{ typed: 'true', exit: 0, ms: 1, shown: { from: 0, to: 1 } }],
      measured: { size: '1' },
    },
  },
};

test('a proof survives encoding and parsing, with or without quotes', () => {
  expect(parseProof(encodeProof(proof))).toEqual(proof);
  const quoting = { ...proof, quotes: { one: ['true'] } };
  expect(parseProof(encodeProof(quoting))).toEqual(quoting);
});

test.each([
  ['null', null],
  ['no steps', { ...proof, steps: undefined }],
  ['an invalid step', { ...proof, steps: { one: null } }],
  ['invalid commands', { ...proof, steps: { one: { ...proof.steps['one'], commands: {} } } }],
  [
    'a command without its line',
    { ...proof, steps: { one: { ...proof.steps['one'], commands: [{}] } } },
  ],
  [
    'measured numbers',
    { ...proof, steps: { one: { ...proof.steps['one'], measured: { size: 1 } } } },
  ],
  ['a quote that is no text', { ...proof, quotes: { one: [1] } }],
  ['a lab without its Engine', { ...proof, lab: { ...proof.lab, engine: undefined } }],
  [
    'a picture without its size',
    { ...proof, steps: { one: { ...proof.steps['one'], picture: { sha256: '0' } } } },
  ],
])('%s is not a valid proof', (_what, value) => {
  expect(() => parseProof(JSON.stringify(value))).toThrow(/proof/);
});

test('an error in a damaged proof names the field', () => {
  const damaged = encodeProof(proof).replace('"ms": 1', '"ms": "1"');
  expect(() => parseProof(damaged)).toThrow('steps.one.commands[0].ms: ');
});
