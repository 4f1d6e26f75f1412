import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stepsOf } from '../../src/lesson/model.ts';
import { parseLesson } from '../../src/lesson/parse.ts';
import { withoutExpectations } from './without-expectations.ts';

const FOLDER = 'content/lessons';
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.mdx'));

test.each(names)('%s: the same steps, with all but their expectations', (name) => {
  const text = readFileSync(`${FOLDER}/${name}`, 'utf8');
  const [before, after] = [text, withoutExpectations(text)].map((one) => {
    const { lesson, problems } = parseLesson(one, name);
    expect(problems).toEqual([]);
    return lesson === undefined ? [] : stepsOf(lesson);
  });
  const none = { exit: 'any', because: 'another Engine', expect: [], absent: [], measure: {} };
  expect(after).toEqual(
    before?.map((step) => ({ ...step, options: { ...step.options, ...none } })),
  );
});

test('texts and regular expressions are written as they were', () => {
  const meta = String.raw`one expect="a" until="say \"x\" \\" keys="^M" prompt=">>> " cols=100 hide`;
  expect(withoutExpectations(`\`\`\`console ${meta}\n$ a\n`)).toBe(
    `\`\`\`console ${meta.replace('expect="a" ', '')} exit=any because="another Engine"\n$ a\n`,
  );
});
