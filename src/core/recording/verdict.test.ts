import { expect, test } from 'vitest';
import { parseLesson } from '../lesson/parse.ts';
import { stepsOf } from '../lesson/model.ts';
import { judge, judgeTask } from './verdict.ts';

function step(options: string) {
  const text = `---\ntitle: A\ndescription: B.\n---\n\n\`\`\`console it ${options}\n$ act\n\`\`\`\n`;
  const [found] = stepsOf(parseLesson(text, 'content/lessons/a.mdx').lesson ?? { blocks: [] });
  if (found === undefined) throw new Error('no step');
  return found;
}

/** The screen of a step whose one command printed this. */
const printed = (output: string) => ({
  screen: `$ act\n${output}\n`,
  typed: [{ from: 0, to: 1 }],
});

const RECORDED = printed('made 0123456789ab\nfine');

test('a screen that differs in what masks name is the same', () => {
  expect(judge(step(''), printed('made ba9876543210\nfine'), RECORDED, [])).toEqual({
    kind: 'same',
  });
});

test('another screen fits if it has all that the lesson expects; what differs is told', () => {
  expect(judge(step('expect="fine"'), printed('fine, too'), RECORDED, [])).toEqual({
    kind: 'fits',
    other: [
      { side: 'recorded', text: 'made <id>' },
      { side: 'recorded', text: 'fine' },
      { side: 'yours', text: 'fine, too' },
    ],
  });
});

test('what is missing, and what should be absent, is unmet', () => {
  const verdict = judge(step('expect="fine" absent="bad"'), printed('bad'), RECORDED, []);
  expect(verdict).toMatchObject({
    kind: 'unmet',
    unmet: [
      { kind: 'shows', expected: '"fine"' },
      { kind: 'absent', expected: 'no "bad"' },
    ],
  });
});

test('what was typed does not count as shown', () => {
  expect(judge(step('expect="act"'), printed('nothing'), RECORDED, []).kind).toBe('unmet');
});

test('a task is done by what it expects, or by the same output where it expects nothing', () => {
  expect(judgeTask(step('expect="fine"'), 'all fine\n', RECORDED, []).kind).toBe('fits');
  expect(judgeTask(step(''), 'made ba9876543210\nfine\n', RECORDED, []).kind).toBe('same');
  expect(judgeTask(step(''), 'all fine\n', RECORDED, []).kind).toBe('unmet');
});
