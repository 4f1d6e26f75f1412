import { expect, test } from 'vitest';
import { pieces } from './excerpt.ts';

test('tells the hits from the rest', () => {
  expect(pieces('$ <mark>docker</mark> <mark>rm</mark> $(x)')).toEqual([
    { text: '$ ', hit: false },
    { text: 'docker', hit: true },
    { text: ' ', hit: false },
    { text: 'rm', hit: true },
    { text: ' $(x)', hit: false },
  ]);
});

test('reads entities once', () => {
  expect(pieces('&lt;b&gt; &amp;lt; &quot;')).toEqual([{ text: '<b> &lt; "', hit: false }]);
});
