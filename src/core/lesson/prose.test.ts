import { expect, test } from 'vitest';
import { proseAround } from './prose.ts';

const SOURCE = `---
title: T
---

# One

Far away.

Run \`id\` and *look* at <Measured step="a" name="size" />.

\`\`\`console a
$ id
\`\`\`

- In a list,
  over two lines.

<Then>Inside \`docker\` and <code>sudo</code>.</Then>

Too far.

\`\`\`console b
$ true
\`\`\`
`;
const plain = (parts: ReturnType<typeof proseAround>['before']) =>
  parts.map((prose) => prose.map(({ text, code }) => (code ? `[${text}]` : text)).join(''));

test('the prose right before and after a step, without markup', () => {
  const { before, after } = proseAround(SOURCE, 11);
  expect(plain(before)).toEqual(['Far away.', 'Run [id] and look at [size].']);
  expect(plain(after)).toEqual(['In a list, over two lines.', 'Inside [docker] and [sudo].']);
});

test('ends at the neighboring fences', () => {
  const { before, after } = proseAround(SOURCE, 22);
  expect(plain(before)).toEqual(['Inside [docker] and [sudo].', 'Too far.']);
  expect(after).toEqual([]);
});

test('is empty if there is no step on the line', () => {
  expect(proseAround(SOURCE, 3)).toEqual({ before: [], after: [] });
  expect(proseAround('', 1)).toEqual({ before: [], after: [] });
});
