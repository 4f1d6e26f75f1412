import { expect, test } from 'vitest';
import { parseLesson } from './parse.ts';
import { quotesIn } from './quotes.ts';

const HEAD = '---\ntitle: T\ndescription: D\n---\n\n';
const step = (id: string, options = '') => `\`\`\`console ${id}${options}\n$ true\n\`\`\`\n`;

/** The quotes of a text without front matter, with the steps that each may quote. */
function quotes(...paragraphs: readonly string[]): Record<string, readonly string[]> {
  const source = HEAD + paragraphs.join('\n\n');
  // Components of lessons need not be complete here: only the blocks matter.
  const fences = [...source.matchAll(/^```console .*\n[^]*?^```$/gm)].map(([fence]) => fence);
  const { lesson, problems } = parseLesson(HEAD + fences.join('\n\n'), 'a.mdx');
  if (lesson === undefined) throw new Error(JSON.stringify(problems));
  return Object.fromEntries(quotesIn(source, lesson).map(({ text, steps }) => [text, steps]));
}

test('prose quotes the step before it, or else the next one, in its section', () => {
  expect(
    quotes(
      'Far `away`.',
      '## One',
      'See `intro`.',
      step('one'),
      'It says `after one`.',
      step('two'),
      '- a list, `after two`',
      '## Two',
      '| `in a table` |\n| --- |\n| x |',
      step('three'),
    ),
  ).toEqual({
    intro: ['one'],
    'after one': ['one', 'two'],
    'after two': ['two'],
    'in a table': ['three'],
  });
});

test('a hidden step is not quoted', () => {
  expect(quotes('Now `this`.', step('no', ' hide'), 'And `that`.', step('yes'))).toEqual({
    this: ['yes'],
    that: ['yes'],
  });
});

test('headings, links, short text, ordinary fences and <code> do not quote', () => {
  expect(
    quotes(
      step('one'),
      'A [`link`](/x), `id`, <code>literal</code>.',
      '```sh\nsample\n```',
      '## A `heading`',
      step('two'),
    ),
  ).toEqual({});
});

test('a quote that is broken over two lines has one blank', () => {
  expect(quotes(step('one'), 'It says `not\nfound`.')).toEqual({ 'not found': ['one'] });
});

test('a task does not quote its solution', () => {
  expect(
    quotes(
      step('one'),
      '<YourTurn>',
      'Make it print `goal`.',
      '<Solution>',
      'With `this`:',
      step('solution'),
      'It prints `goal reached`.',
      '</Solution>',
      '</YourTurn>',
      'So it was `the goal`.',
    ),
  ).toEqual({
    goal: ['one'],
    this: ['one', 'solution'],
    'goal reached': ['solution'],
    'the goal': ['one'],
  });
});

test('a question does not quote the screen that answers it; explanations and later prose do', () => {
  expect(
    quotes(
      step('one'),
      'Not yet `asked`.',
      '<Predict>',
      'What follows `this`?',
      '<Answer right exit="0">',
      'It `ends`.',
      'It shows `root@`.',
      '</Answer>',
      step('predicted'),
      'As `seen`.',
      '</Predict>',
      'Once `more`.',
    ),
  ).toEqual({
    asked: ['one'],
    this: ['one'],
    'root@': ['predicted', 'one'],
    seen: ['predicted'],
    more: ['predicted'],
  });
});
