import { expect, test } from 'vitest';
import { reasonsOf } from './reasons.ts';

const screen = (engines: string, ...differences: (readonly [text: string, why: string])[]) => ({
  engines: engines.split(' '),
  differences: differences.map(([text, why]) => ({ text, why })),
});

test('the reasons of one screen are for all Engines', () => {
  expect(reasonsOf([screen('29 28', ['4f2a', 'an id'], ['3s', 'a time'])])).toEqual([
    { why: 'an id', text: '4f2a', item: {}, example: {} },
    { why: 'a time', text: '3s', item: {}, example: {} },
  ]);
});

test('a reason is given once, with an example only where it is on the screen', () => {
  const other = { 'data-for': '28', 'data-pagefind-ignore': true };
  expect(
    reasonsOf([
      screen('29', ['4f2a', 'an id'], ['3s', 'a time']),
      screen('28', ['9b1c', 'an id'], ['3s', 'a time'], ['5MB', 'a size']),
    ]),
  ).toEqual([
    { why: 'an id', text: '4f2a', item: {}, example: { 'data-for': '29' } },
    { why: 'a time', text: '3s', item: {}, example: {} },
    { why: 'a size', text: '5MB', item: other, example: {} },
  ]);
});

test('an example of a reason that one Engine does not have is where it is on the screen', () => {
  const [size] = reasonsOf([
    screen('30'),
    screen('29', ['5MB', 'a size']),
    screen('28', ['6MB', 'a size']),
  ]);
  expect(size).toEqual({
    why: 'a size',
    text: '5MB',
    item: { 'data-for': '29 28', 'data-pagefind-ignore': true },
    example: { 'data-for': '29', 'data-pagefind-ignore': true },
  });
});
