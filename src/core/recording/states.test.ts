import { expect, test } from 'vitest';
import { engineState, stateDifference, statesOf, stateText, thingsAfter } from './states.ts';

const container = (name: string, state: string, image = 'debian') => ({
  ...{ id: `id of ${name}`, name, image, state },
});
const image = (id: string, name?: string) => ({ id, digests: [], ...(name && { name }) });

test('a state has no ids and no generated names, and lists all in one order', () => {
  const state = engineState({
    containers: [
      container('hen', 'running'),
      container('quirky_euler', 'exited'),
      container('bold_noether2', 'exited', 'debian:latest'),
      container('anne', 'created'),
      container('jolly_bohr', 'running', '1babf4a1f1ce'),
    ],
    images: [image('b', 'shop:2'), image('a', 'debian:latest'), image('c'), image('c')],
    volumes: ['treasure', 'e'.repeat(64)],
    networks: ['none', 'harbor', 'bridge', 'host'],
  });
  expect(state).toEqual({
    containers: { anne: 'created', hen: 'running' },
    unnamed: [
      { image: '', state: 'running', count: 1 },
      { image: 'debian', state: 'exited', count: 2 },
    ],
    images: ['debian', 'shop:2'],
    untagged: 1,
    volumes: ['treasure'],
    anonymous: 1,
    networks: ['harbor'],
  });
  expect(Object.keys(state.containers ?? {})).toEqual(['anne', 'hen']);
  expect(stateText(state)).toBe(
    'container anne, created; container hen, running; 1 × container without a name, running; ' +
      '2 × container of debian, exited; image debian; image shop:2; 1 × image without a name; ' +
      'volume treasure; 1 × volume without a name; network harbor',
  );
  expect(stateText({})).toBe('nothing');
});

test('a step changes what it creates, what gets another state, and what it removes', () => {
  const before = {
    containers: { hen: 'running', mule: 'exited' },
    unnamed: [{ image: 'debian', state: 'exited', count: 1 }],
    images: ['debian'],
  };
  const after = {
    containers: { hen: 'exited', pony: 'running' },
    unnamed: [{ image: 'debian', state: 'exited', count: 2 }],
    images: ['debian'],
  };
  expect(
    thingsAfter(before, after).map(({ name, image: of, change }) => [name ?? of, change]),
  ).toEqual([
    ['hen', 'changed'],
    ['pony', 'new'],
    ['debian', 'changed'],
    ['debian', undefined],
    ['mule', 'gone'],
  ]);
});

test('states that repeat the one before are left out, and the first different one is found', () => {
  const one = { images: ['debian'] };
  const two = { images: ['debian'], volumes: ['treasure'] };
  const states = statesOf(
    one,
    new Map([
      ['a', one],
      ['b', two],
      ['c', two],
      ['d', one],
    ]),
  );
  expect(states).toEqual({ start: one, after: { b: two, d: one } });
  expect(stateDifference(states, states)).toBeUndefined();
  expect(stateDifference(states, { start: one, after: { b: two } })).toEqual({
    ...{ step: 'd', before: 'image debian', now: 'as before' },
  });
  expect(stateDifference(states, { ...states, start: {} })).toEqual({
    ...{ before: 'image debian', now: 'nothing' },
  });
});
