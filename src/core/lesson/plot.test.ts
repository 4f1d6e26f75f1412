import { expect, test } from 'vitest';
import { parseLesson } from './parse.ts';
import { readBars } from './plot.ts';

test('bars are read one by one', () => {
  expect(readBars('bare.seconds=the program alone; run.s2=in a container = slower')).toEqual({
    bars: [
      { step: 'bare', name: 'seconds', label: 'the program alone' },
      { step: 'run', name: 's2', label: 'in a container = slower' },
    ],
    unreadable: [],
  });
});

test('text that is not a bar is reported', () => {
  expect(readBars('bare=the program alone; run.s=; -run.s=a; run.-s=a')).toEqual({
    bars: [],
    unreadable: ['bare=the program alone', 'run.s=', '-run.s=a', 'run.-s=a'],
  });
});

test('a bar whose value no step measures is reported', () => {
  const lesson = (bars: string) => `---
title: T
description: D
---

<Plot unit="s" label="Seconds" bars="${bars}" />

\`\`\`console one measure.s=/(.+)/
$ time true
\`\`\`
`;
  expect(parseLesson(lesson('one.s=true'), 'l.mdx').problems).toEqual([]);
  expect(parseLesson(lesson('one.s=true; one.ms=false; two.s=no'), 'l.mdx').problems).toMatchObject(
    [
      { line: 6, found: 'one.ms' },
      { line: 6, found: 'two.s' },
    ],
  );
});
