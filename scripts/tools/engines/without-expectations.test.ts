import { expect, test } from 'vitest';
import { stepsOf } from '../../../src/core/lesson/model.ts';
import { parseLesson } from '../../../src/core/lesson/parse.ts';
import { withoutExpectations } from './without-expectations.ts';

const TEXT = String.raw`---
title: Asks a lot
description: For a test.
---

~~~dockerfile file="Dockerfile"
FROM busybox
~~~

~~~console fails exit=3 expect="a" absent=/b/ measure.size=/(\d)MB/ cols=100 timeout=9s hide
$ true
$ exit 3
~~~

~~~console asks until="who?" keys="me^M"
$ read -p "who?"
~~~
`.replaceAll('~~~', '```');

test('the copy has no expectations, and is otherwise the same', () => {
  const { lesson, problems } = parseLesson(TEXT, 'asks.mdx');
  if (lesson === undefined) throw new Error(JSON.stringify(problems));
  const bare = withoutExpectations(lesson);
  expect(stepsOf(bare).map(({ options }) => options)).toEqual(
    stepsOf(lesson).map(({ options }) => ({
      ...options,
      exit: 'any',
      because: 'another Engine',
      expect: [],
      absent: [],
      measure: {},
    })),
  );
  expect(stepsOf(bare)[0]?.options).toMatchObject({ cols: 100, timeout: 9, hide: true });
  const untouched = ({ blocks, ...rest }: typeof lesson) => ({
    ...rest,
    blocks: blocks.map((block) => (block.kind === 'step' ? { ...block, options: {} } : block)),
  });
  expect(untouched(bare)).toEqual(untouched(lesson));
});
