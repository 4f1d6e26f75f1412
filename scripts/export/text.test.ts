import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { pageText } from './text.ts';
import type { SitePage, Workshop } from './workshop.ts';

const answer = (letter: string, choice: string, verdict: string, why: string) =>
  `<details class="answer"><summary><b>${letter}</b><span>${choice}</span><i class="verdict">${verdict}</i></summary><div class="why">${why}</div></details>`;

test.each([true, false])('a prediction is explained after its screen: folds %s', (folds) => {
  const html = load(
    `<main><div class="predict"><div class="ask"><p>What?</p>${answer('A', 'Ends', 'Right.', 'So.')}${answer('B', 'Fails', 'Not quite.', 'No.')}</div><details class="cover"><summary>Skip</summary><p>Screen</p></details></div></main>`,
  );
  const page: SitePage = { id: 'run', path: 'lessons/run/', title: 'Run', html };
  const { text } = pageText(page, 'main', [page], { base: '/' } as Workshop, {
    id: (_page, id) => id,
    href: () => '',
    picture: (path) => path,
    shift: 0,
    folds,
  });
  expect(text.html()).toBe(
    '<div class="predict"><div class="ask"><p>What?</p><p class="answer"><b>A</b> <span>Ends</span></p><p class="answer"><b>B</b> <span>Fails</span></p></div><p>Screen</p><div class="why"><p class="label">A: Right.</p>So.</div><div class="why"><p class="label">B: Not quite.</p>No.</div></div>',
  );
});
