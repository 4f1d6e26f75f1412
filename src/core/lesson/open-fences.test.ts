import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openFences } from './open-fences.ts';

test.each([
  ['```console a\n$ true\n```\n\n~~~\n```\n~~~'],
  ['````md\n```console a\n$ true\n```\n````'],
  ['> ```sh\n> true\n> ```'],
  ['In prose: ```code` with a tick``` or\n``` `is` no fence ```'],
  ['```sh\ntrue\n`````'],
  ['1. ```sh\n   true\n   ```\n- ~~~\n  ~~~'],
  ['```console a\n$ cat > a.md <<END\n> ```sh\n> true\n> ```\n> END\n```'],
])('closed: %j', (text) => expect(openFences(text)).toEqual([]));

test.each([
  ['```console a\n$ true\n\n```console b\n$ true\n```', [{ line: 1, marker: '```', next: 4 }]],
  ['```console a\n$ true\n```\n\n  ~~~~sh\ntrue\n~~~', [{ line: 5, marker: '~~~~' }]],
  [
    '```a\n```b\n```c',
    [
      { line: 1, marker: '```', next: 2 },
      { line: 2, marker: '```', next: 3 },
      { line: 3, marker: '```' },
    ],
  ],
])('open: %j', (text, found) => expect(openFences(text)).toEqual(found));

test('no lesson has an unclosed fence', () => {
  for (const folder of ['content/lessons', 'content/lessons/es'])
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.mdx')))
      expect(openFences(readFileSync(`${folder}/${name}`, 'utf8')), name).toEqual([]);
});
