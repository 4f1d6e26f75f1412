import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { pageText, type TextStyle } from './text.ts';
import type { SitePage, Workshop } from './workshop.ts';

const answer = (letter: string, choice: string, verdict: string, why: string) =>
  `<details class="answer"><summary><b>${letter}</b><span>${choice}</span><i class="verdict">${verdict}</i></summary><div class="why">${why}</div></details>`;

const PREDICTION = `<div class="predict"><div class="ask"><p>What?</p>${answer('A', 'Ends', 'Right.', 'So.')}${answer('B', 'Fails', 'Not quite.', 'No.')}</div><details class="cover"><summary><kbd>$ run</kbd><kbd># exit</kbd><span>Skip</span></summary><p id="one">Screen</p></details></div>`;
const TASK =
  '<aside class="turn" id="your-turn"><p class="label">Your turn</p><details class="hint"><summary>Hint</summary><p>Look.</p></details><details class="solution"><summary>Solution</summary><p id="solved">So.</p></details></aside>';

const textOf = (content: string, style: Pick<TextStyle, 'folds' | 'answers'>) => {
  const html = load(`<main>${content}</main>`);
  const page: SitePage = { id: 'run', path: 'lessons/run/', title: 'Run', html };
  const { text } = pageText(page, 'main', [page], { base: '/' } as Workshop, {
    id: (_page, id) => id,
    href: (_from, _page, anchor) => `#${anchor}`,
    picture: (path) => path,
    shift: 0,
    ...style,
  });
  return text.html();
};

test.each([true, false])('a prediction is explained after its screen: folds %s', (folds) => {
  expect(textOf(PREDICTION, { folds, answers: 'at the end' })).toBe(
    '<div class="predict"><div class="ask"><p>What?</p><p class="answer"><b>A</b> <span>Ends</span></p><p class="answer"><b>B</b> <span>Fails</span></p></div><p id="one">Screen</p><div class="why"><p class="label">A: Right.</p>So.</div><div class="why"><p class="label">B: Not quite.</p>No.</div></div>',
  );
});

test('without answers, a prediction ends with what will be typed, and its anchors stay', () => {
  expect(textOf(PREDICTION, { folds: false, answers: 'none' })).toBe(
    '<div class="predict"><div class="ask"><p>What?</p><p class="answer"><b>A</b> <span>Ends</span></p><p class="answer"><b>B</b> <span>Fails</span></p></div><pre class="typed"><kbd>$ run</kbd>\n<kbd># exit</kbd></pre><span id="one"></span></div>',
  );
});

test('hints and solution come last; without answers, only the hints do', () => {
  const turn = (anchors: string, names: string) =>
    `<aside class="turn" id="your-turn"><p class="label">Your turn</p>${anchors}<p class="to-task"><a href="#_solution">${names}</a></p></aside>`;
  const told = (name: string, solution: string) =>
    `<section class="solutions" id="_solution"><h2>${name}</h2><p class="to-task"><a href="#your-turn">Your turn</a></p><p class="label">Hint 1</p><p>Look.</p>${solution}</section>`;
  expect(textOf(TASK, { folds: false, answers: 'at the end' })).toBe(
    turn('', 'Hint, Solution') +
      told('Solution', '<p class="label">Solution</p><p id="solved">So.</p>'),
  );
  expect(textOf(TASK, { folds: false, answers: 'none' })).toBe(
    turn('<span id="solved"></span>', 'Hint') + told('Hint', ''),
  );
});
