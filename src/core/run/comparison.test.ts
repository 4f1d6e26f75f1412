import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { stepsOf } from '../lesson/model.ts';
import { checkScreen } from '../recording/expectations.ts';
import { compareResult, type Comparison } from './comparison.ts';
import type { ComparedResult } from './step-result.ts';

function step(options: string) {
  const fence = `\`\`\`console it ${options}\n$ act\n\`\`\`\n`;
  const text = `---\ntitle: A\ndescription: B.\n---\n\n${fence}`;
  const [found] = stepsOf(parseLesson(text, 'content/lessons/a.mdx').lesson ?? { blocks: [] });
  if (found === undefined) throw new Error('no step');
  return found;
}

/** The screen of a step whose one command printed this. */
const printed = (output: string) => ({
  screen: `$ act\n${output}\n`,
  commands: [{ shown: { from: 0, to: 1 } }],
});

/** The comparison of a step that showed this. */
function compare(
  options: string,
  run: ComparedResult,
  recorded: ComparedResult = RECORDED,
): Comparison {
  const { unmet } = checkScreen(step(options), run.screen, run.commands);
  const fault = { kind: 'unmet', unmet } as const;
  return compareResult({ ...run, ...(unmet.length > 0 && { fault }) }, recorded, []);
}

const RECORDED = printed('made 0123456789ab\nfine');

test('a screen that differs only in masked text is the same', () => {
  expect(compare('', printed('made ba9876543210\nfine'))).toEqual({
    kind: 'same',
  });
});

test('a different screen fits if it meets the expectations; the differences are reported', () => {
  expect(compare('expect="fine"', printed('fine, too'))).toEqual({
    kind: 'fits',
    other: [
      { side: 'recorded', text: 'made <id>' },
      { side: 'recorded', text: 'fine' },
      { side: 'yours', text: 'fine, too' },
    ],
  });
});

test('missing text and text that should be absent are unmet expectations', () => {
  const found = compare('expect="fine" absent="bad"', printed('bad'));
  expect(found).toMatchObject({
    kind: 'unmet',
    unmet: [
      { kind: 'shows', expected: '"fine"' },
      { kind: 'absent', expected: 'no "bad"' },
    ],
  });
});

test('typed text does not count as shown', () => {
  expect(compare('expect="act"', printed('nothing')).kind).toBe('unmet');
});

test('differences in a long output are found without a table of all pairs of lines', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}.`);
  const mine = lines.with(10_000, 'line of mine');
  const found = compare('expect="line"', printed(mine.join('\n')), printed(lines.join('\n')));
  expect(found).toEqual({
    kind: 'fits',
    other: [
      { side: 'recorded', text: 'line 10000.' },
      { side: 'yours', text: 'line of mine' },
    ],
  });
});

test('long outputs with nothing in common are reported in full', () => {
  const all = (word: string) => printed(Array<string>(20_000).fill(word).join('\n'));
  const found = compare('', all('mine'), all('theirs'));
  const sides = 'other' in found ? found.other.map(({ side }) => side) : [];
  expect(sides.filter((side) => side === 'recorded')).toHaveLength(20_001);
  expect(sides.filter((side) => side === 'yours')).toHaveLength(20_001);
});
