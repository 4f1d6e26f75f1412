import { expect, test } from 'vitest';
import { parseLesson } from './parse.ts';
import { parseTranslation, proseHash } from './translation.ts';

const STEP = '```console one measure.size=/(\\d+)MB/\n$ true\n```';
const WRONG = '<Answer exit="1" shows="/fail\\s/mi">\n\nIt fails.\n\nIt does not.\n\n</Answer>';
const RIGHT =
  '<Answer right exit="0" absent="<b>" that="one.size > 3">\n\nIt ends.\n\nSo.\n\n</Answer>';

const predict = (...parts: readonly string[]) => `<Predict>\n\n${parts.join('\n\n')}\n\n</Predict>`;
const lesson = (body: string) => `---\ntitle: T\ndescription: D\n---\n\n${body}\n`;
const parsed = (body: string) => parseLesson(lesson(body), 'content/lessons/a.mdx');

test('a prediction has its step, its answers and their conditions', () => {
  const hidden = '```console wait hide\n$ true\n```';
  const file = '```sh file="a.sh"\ntrue\n```';
  const parts = ['What?', file, WRONG, RIGHT, hidden, STEP, 'After it.'];
  expect(parsed(predict(...parts))).toMatchObject({
    problems: [],
    lesson: {
      predictions: [
        {
          line: 6,
          step: 'one',
          answers: [
            {
              line: 14,
              right: false,
              conditions: [
                { kind: 'exit', status: 1 },
                { kind: 'shows', pattern: { kind: 'regex', source: 'fail\\s', flags: 'mi' } },
              ],
            },
            {
              line: 22,
              right: true,
              conditions: [
                { kind: 'exit', status: 0 },
                { kind: 'absent', pattern: { kind: 'text', text: '<b>' } },
                { kind: 'that', relation: 'one.size > 3' },
              ],
            },
          ],
        },
      ],
    },
  });
  expect(parsed(STEP).lesson).not.toHaveProperty('predictions');
});

const answer = (attributes: string) => `<Answer ${attributes}>\n\nIt.\n\nSo.\n\n</Answer>`;

test.each([
  ['no question', [WRONG, RIGHT, STEP], 6, 'no question'],
  ['one answer', ['What?', RIGHT, STEP], 6, 'two to four answers'],
  ['no right answer', ['What?', WRONG, WRONG, STEP], 6, 'no answer of <Predict> is right'],
  ['only right answers', ['What?', RIGHT, RIGHT, STEP], 6, 'all answers of <Predict> are right'],
  ['no step', ['What?', WRONG, RIGHT], 6, 'no step'],
  ['a step before the answers', ['What?', STEP, WRONG, RIGHT], 10, 'before the answers'],
  [
    'two steps',
    ['What?', WRONG, RIGHT, STEP, '```console two\n$ true\n```'],
    30,
    'more than one visible step',
  ],
  ['a heading', ['What?', WRONG, RIGHT, '## So', STEP], 26, 'a heading'],
  ['text between answers', ['What?', WRONG, 'Or?', RIGHT, STEP], 18, 'between the answers'],
  ['no condition', ['What?', answer('right'), WRONG, STEP], 10, 'no condition'],
  ['an unknown condition', ['What?', answer('right exits="0"'), WRONG, STEP], 10, 'exits'],
  ['no status', ['What?', answer('right exit="256"'), WRONG, STEP], 10, 'condition exit'],
  ['an expression', ['What?', answer('right exit={0}'), WRONG, STEP], 10, 'condition exit'],
  ['an empty text', ['What?', answer('right shows=""'), WRONG, STEP], 10, 'condition shows'],
  ['a broken regex', ['What?', answer('right shows="/(/"'), WRONG, STEP], 10, 'condition shows'],
  ['a value of nobody', ['What?', answer('right that="one.x > 3"'), WRONG, STEP], 10, 'one.x'],
  [
    'no explanation',
    ['What?', '<Answer right exit="0">\n\nIt.\n\n</Answer>', WRONG, STEP],
    10,
    'a paragraph to choose and an explanation',
  ],
  [
    'a link to choose',
    ['What?', '<Answer right exit="0">\n\n[It](/x/).\n\nSo.\n\n</Answer>', WRONG, STEP],
    10,
    'a link or a component',
  ],
  [
    'a step in an answer',
    ['What?', `<Answer right exit="0">\n\nIt.\n\n${STEP}\n\n</Answer>`, WRONG],
    14,
    'a step or a file is in an <Answer>',
  ],
])('a prediction with %s is a problem of its line', (_what, parts, line, title) => {
  const { lesson: read, problems } = parsed(predict(...parts));
  expect(read).toBeUndefined();
  expect(problems).toContainEqual(
    expect.objectContaining({ line, title: expect.stringContaining(title) as string }),
  );
});

test('a prediction is not in another component, and an answer is in a prediction', () => {
  const inside = parsed(`<YourTurn>\n\n${predict('What?', WRONG, RIGHT, STEP)}\n\n</YourTurn>`);
  expect(inside.problems[0]).toMatchObject({
    line: 8,
    title: '<Predict> is inside another component or a paragraph',
  });
  expect(parsed(`${STEP}\n\n${RIGHT}`).problems).toMatchObject([
    { line: 10, title: '<Answer> is not in a <Predict>' },
  ]);
});

test('a translation has the same predictions, in its own words', async () => {
  const body = predict('What?', WRONG, RIGHT, STEP);
  const text = lesson(body);
  const { lesson: there } = parseLesson(text, 'content/lessons/a.mdx');
  if (there === undefined) throw new Error('the original cannot be read');
  const original = { lesson: there, text };
  const hash = await proseHash(original);
  const translated = (spanish: string) =>
    parseTranslation(
      `---\ntitle: T\ndescription: D\ntranslates: ${hash}\n---\n\n${spanish}\n`,
      'content/lessons/es/a.mdx',
      original,
    );
  expect((await translated(body.replace('It ends.', 'Termina.'))).problems).toEqual([]);
  for (const other of [
    body.replace('right exit="0"', 'right exit="2"'),
    predict('What?', RIGHT, WRONG, STEP),
    STEP,
  ])
    expect((await translated(other)).problems).toMatchObject([
      { title: 'the translation does not have the predictions of the original' },
    ]);
});
