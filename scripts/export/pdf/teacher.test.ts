import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { addTimes, placeNotes, shorten } from './teacher.ts';

const step = (id: string, command: string) =>
  `<figure class="step" id="${id}"><div class="screen"><div class="cmd">${command}</div><pre class="out">Done.</pre></div></figure>`;
const note = (text: string, section: number, id?: string, asks = '') =>
  `<div class="note"${id === undefined ? '' : ` data-step="${id}"`}${asks} data-section="${section}">${text}</div>`;

const LESSON = `<main><article>
<div class="row"><div class="before"><header class="opening"><dl class="facts"></dl></header><p>Prose.</p><h2 id="one">One</h2></div><div class="shown">${step('run', '$ run')}<figure class="code" data-file="Dockerfile"><figcaption>Dockerfile</figcaption><pre>FROM debian</pre></figure></div><div class="after"><table></table></div></div>
<div class="alone"><h2 id="two">Two</h2><div class="predict"><div class="ask"><div class="alone"><p>What?</p></div><details class="answer" data-right><div class="why">So.</div></details><details class="answer"><div class="why">No.</div></details></div><details class="cover">${step('ask', '$ ask')}</details></div></div>
<div class="alone"><aside class="turn" id="your-turn"><p class="label">Your turn</p><div class="alone"><p>Do it.</p></div><details class="solution">${step('solution', '$ solve')}</details></aside></div>
</article>${[
  note('Say hello.', 0),
  note('About one.', 1),
  note('First.', 1, 'run'),
  note('Second.', 1, 'run'),
  note('Vote.', 2, 'ask', ' data-asks'),
  note('Right.', 2, 'ask'),
  note('Ten minutes.', 2, 'your-turn'),
].join('')}</main>`;

const lesson = () => {
  const $ = load(LESSON);
  placeNotes($);
  shorten($);
  return $;
};

test('each note follows what it belongs to', () => {
  const $ = lesson();
  expect($('article div.note').length).toBe(7);
  const after = (selector: string) => $(selector).nextUntil(':not(div.note)').text();
  expect(after('.opening')).toBe('Say hello.');
  expect(after('#one')).toBe('About one.');
  expect(after('#run')).toBe('First.Second.');
  expect(after('.ask')).toBe('Vote.');
  expect(after('#ask')).toBe('Right.');
  expect(after('.turn > .label')).toBe('Ten minutes.');
});

test('commands, file names, questions, right answers and solutions stay; prose and output do not', () => {
  const text = lesson()('article').text();
  for (const kept of ['$ run', 'Dockerfile', 'What?', 'So.', '$ ask', 'Do it.', '$ solve'])
    expect(text, kept).toContain(kept);
  for (const left of ['Prose.', 'FROM', 'No.']) expect(text, left).not.toContain(left);
  // The output of the solution.
  expect(text.match(/Done\./g)).toHaveLength(1);
});

test('the time in a room and the stopping point are in the head', () => {
  const $ = load(LESSON);
  addTimes($, { minutes: 40, half: { title: 'Two', href: '/lessons/run/#two' } });
  expect($('.facts').text()).toBe('In a room40 min, halfway at Two');
  expect($('.facts a').attr('href')).toBe('#two');
});
