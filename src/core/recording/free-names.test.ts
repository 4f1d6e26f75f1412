import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { freeNames } from './free-names.ts';

test('containers that a lesson removes must not exist either when it begins', () => {
  const text = `---
title: Names
description: Names of containers.
---

\`\`\`console gone
$ docker run --rm --name hen -d debian
$ docker create --name=parrot debian
$ docker rm hen
\`\`\`
`;
  const { lesson } = parseLesson(text, 'names.mdx');
  if (lesson === undefined) throw new Error('the lesson cannot be read');
  const names = { containers: ['parrot'], images: ['shop:1'], files: ['Dockerfile'] };
  expect(freeNames(lesson, { names, commands: [], kept: [] })).toEqual(['hen', 'parrot', 'shop:1']);
});
