import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';

test('highlights with class names, without style attributes', async () => {
  const html = await highlight('FROM debian\nRUN echo "hi" <&2', 'dockerfile');
  expect(html).toContain('<span class="t-keyword">FROM</span>');
  expect(html).not.toContain('style=');
  expect(html.replace(/<[^>]+>/g, '')).toBe('FROM debian\nRUN echo &quot;hi&quot; &lt;&amp;2');
});

test('leaves an unknown language plain, and escapes it', async () => {
  expect(await highlight('<b>', 'no-such-language')).toBe('&lt;b&gt;');
  expect(await highlight('a && b', '')).toBe('a &amp;&amp; b');
});
