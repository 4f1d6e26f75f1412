import { describe, expect, test } from 'vitest';
import { noteFaults, notesIn, withoutNotes } from './notes.ts';
import { parseLesson } from './parse.ts';

const note = (...lines: string[]) => ['<Teacher>', '', ...lines, '', '</Teacher>'].join('\n');
const step = (info: string) => ['```console ' + info, '$ docker ps', '```'].join('\n');
const lesson = (...blocks: string[]) =>
  ['---', 'title: T', 'description: D', '---', '', blocks.join('\n\n'), ''].join('\n');

describe("teacher's notes", () => {
  test('belong to the visible step before them in their section, or to the section', () => {
    const text = lesson(
      note('- Say: welcome.'),
      '## One',
      note('- Ask: who?'),
      step('first'),
      step('second hide'),
      note('- Windows: use `WSL`,', '  not PowerShell.', '- Stop: here.'),
    );
    expect(notesIn(text)).toEqual([
      { step: undefined, asks: false, section: 0, items: [{ kind: 'Say', text: 'welcome.' }] },
      { step: undefined, asks: false, section: 1, items: [{ kind: 'Ask', text: 'who?' }] },
      {
        step: 'first',
        asks: false,
        section: 1,
        items: [
          { kind: 'Windows', text: 'use `WSL`,\nnot PowerShell.' },
          { kind: 'Stop', text: 'here.' },
        ],
      },
    ]);
    expect(noteFaults(text)).toEqual([]);
  });

  test('belong to a task up to its solution', () => {
    const text = lesson(
      step('first'),
      '<YourTurn>',
      'Do it.',
      step('no wrong="it"'),
      note('- Say: ten minutes.'),
      '<Solution>',
      step('solution'),
      note('- Say: so.'),
      '</Solution>',
      '</YourTurn>',
    );
    expect(notesIn(text).map((one) => one.step)).toEqual(['your-turn', 'solution']);
  });

  test('belong to a question before its step, and to the answers after it', () => {
    const text = lesson(
      step('first'),
      '<Predict>',
      'What?',
      '<Answer right>',
      'This.',
      '</Answer>',
      note('- Ask: vote.'),
      step('second'),
      note('- Say: so.'),
      '</Predict>',
      note('- Say: go on.'),
      step('third'),
    );
    expect(notesIn(text).map(({ step, asks }) => [step, asks])).toEqual([
      ['second', true],
      ['second', false],
      ['second', false],
    ]);
  });

  test('are blanks for readers, and move nothing', () => {
    const text = lesson('Before.', note('- Say: a secret, `code` and <b>more</b>.'), step('first'));
    const read = withoutNotes(text);
    expect(read).not.toContain('secret');
    expect(read).toHaveLength(text.length);
    expect(read.indexOf('docker ps')).toBe(text.indexOf('docker ps'));
    const stepsIn = (source: string) =>
      (parseLesson(source, 'a.mdx').lesson?.blocks ?? []).map((block) =>
        block.kind === 'step' ? block.commands.flatMap(({ lines }) => lines) : [],
      );
    expect(stepsIn(text)).toEqual([['docker ps']]);
    expect(stepsIn(text)).toEqual(stepsIn(lesson('Before.', step('first'))));
  });

  test.each([
    ['an item without a kind', note('- Hello.'), 8],
    ['an unknown kind', note('- Say: a.', '- Shout: b.'), 9],
    ['a paragraph', note('Hello.'), 8],
    ['nothing', '<Teacher>\n\n</Teacher>', 7],
    ['a tag that is indented', '  <Teacher>\n\n- Say: a.\n\n</Teacher>', 6],
  ])('with %s are refused', (_name, text, line) => {
    const [fault] = noteFaults(lesson(text, step('first')));
    expect(fault).toMatchObject({ line });
    expect(parseLesson(lesson(text, step('first')), 'a.mdx').problems).toContainEqual({
      file: 'a.mdx',
      ...fault,
    });
  });
});
