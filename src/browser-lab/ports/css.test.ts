import { expect, test } from 'vitest';
import { inlined } from './css.ts';

const BASE = new URL('http://localhost:8080/styles/main.css');

async function inline(css: string, missing = /missing/) {
  const asked: string[] = [];
  const result = await inlined(css, BASE, (address, as) => {
    asked.push(`${as} ${address.href}`);
    return Promise.resolve(missing.test(address.href) ? undefined : `data:,${asked.length}`);
  });
  return { result, asked };
}

test.each([
  ['a { background: url(a.png) }', 'file http://localhost:8080/styles/a.png'],
  ['a { background: URL( "/a (1).png" ) }', 'file http://localhost:8080/a%20(1).png'],
  [String.raw`a { background: url('../a\'s.png') }`, "file http://localhost:8080/a's.png"],
  ['@import url(b.css);', 'style http://localhost:8080/styles/b.css'],
  ['@import "b.css" print;', 'style http://localhost:8080/styles/b.css'],
  ["@IMPORT 'http://example.com/b.css';", 'style http://example.com/b.css'],
])('%s', async (css, asked) => {
  const inlinedSheet = await inline(css);
  expect(inlinedSheet.asked).toEqual([asked]);
  expect(inlinedSheet.result).toContain('url("data:,1")');
  expect(inlinedSheet.result.match(/@import/gi)?.length).toBe(css.match(/@import/gi)?.length);
});

test('the rest stays as it is, and what is named twice is loaded once', async () => {
  const css = 'a{b:url(x.png)} /* url */ c{d:url(x.png) 1px;e:"url"}@import "y.css" print;';
  expect(await inline(css)).toEqual({
    result:
      'a{b:url("data:,1")} /* url */ c{d:url("data:,1") 1px;e:"url"}@import url("data:,2") print;',
    asked: ['file http://localhost:8080/styles/x.png', 'style http://localhost:8080/styles/y.css'],
  });
});

test('parts of the document and data stay; what cannot be loaded is empty', async () => {
  const css = `a{filter:url(#f);b:url(data:image/png;base64,AA==);c:url("missing.png")}`;
  expect(await inline(css)).toEqual({
    result: `a{filter:url("#f");b:url("data:image/png;base64,AA==");c:url("data:,")}`,
    asked: ['file http://localhost:8080/styles/missing.png'],
  });
});
