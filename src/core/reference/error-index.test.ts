import { expect, test } from 'vitest';
import { errorIndex, unlistedErrors, type ShownError } from './error-index.ts';
import { readErrors } from './errors.ts';

const entry = (id: string, message: string) =>
  `- id: ${id}\n  message: ${message}\n  pattern: ${message}\n  means: A\n  do: B\n` +
  `  source: https://example.org/\n`;
const { errors } = readErrors(
  entry('never', 'not shown') + entry('late', 'no room') + entry('early', 'no way'),
);

const shown = (step: string, message: string, engines: string[] = []): ShownError => ({
  ...{ lesson: 'a', step, message, engines, file: 'a.mdx', line: 7 },
});

test('errors stand in the order in which readers meet them; those that no lesson shows are last', () => {
  const steps = [
    shown('one', 'no way'),
    shown('two', 'there is NO  room'),
    shown('three', 'no way', ['29']),
  ];
  expect(
    errorIndex(errors, steps).map(({ error: { id }, shown: found }) => [
      id,
      ...found.map(({ step }) => step),
    ]),
  ).toEqual([['early', 'one', 'three'], ['late', 'two'], ['never']]);
  expect(unlistedErrors(errors, steps)).toEqual([]);
});

test('a message that no entry finds is reported where it is typed, with what to do', () => {
  expect(unlistedErrors(errors, [shown('one', 'no way'), shown('two', 'lost', ['29'])])).toEqual([
    {
      file: 'a.mdx',
      line: 7,
      title: 'no entry of content/errors.yaml finds a message of the step two on Engine 29',
      expected: 'an entry whose pattern finds it, for the page of error messages',
      found: 'lost',
      hint: expect.stringContaining('add an entry to content/errors.yaml') as string,
    },
  ]);
});
