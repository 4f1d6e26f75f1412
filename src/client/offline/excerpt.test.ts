import { expect, test } from 'vitest';
import { pieces } from '../excerpt.ts';
import { excerpt } from './excerpt.ts';

test('shows the stretch around what was found, marked', () => {
  const text = `${'before '.repeat(30)}docker run\n  debian ${'after '.repeat(60)}`;
  const shown = pieces(excerpt(text, ['debian', 'run']));
  expect(shown.filter(({ hit }) => hit).map(({ text: hit }) => hit)).toEqual(['run', 'debian']);
  expect(shown.map((piece) => piece.text).join('')).toMatch(/^before .*docker run debian after/);
});

test('markup in a recording stays text', () => {
  expect(excerpt('<b>a & b</b>', ['a'])).toBe('&lt;b&gt;<mark>a</mark> &amp; b&lt;/b&gt;');
});

test('a text in which nothing is found shows its beginning', () => {
  expect(excerpt('one two', [])).toBe('one two');
});
