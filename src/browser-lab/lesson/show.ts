import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { isDone, type Comparison, type OtherLine } from '../../core/run/comparison.ts';
import { sentences, whyNot } from './sentences.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';

/** Shows the result in the reader's tab below a step or in a task. */
export function showResult(place: HTMLElement, words: LabWords, result: Comparison): void {
  const said = document.createElement('div');
  said.className = 'verdict';
  said.dataset['kind'] = isDone(result) ? 'done' : 'unmet';
  said.append(...sentences(words, result).map(paragraph), ...difference(words, result));
  place.querySelector(':scope > .verdict')?.remove();
  const foot = place.querySelector(':scope > .foot');
  if (foot === null) place.append(said);
  else foot.before(said);
}

/** Shows at each step that does not run in the reader's tab why it does not. */
export function showSkipReasons(words: LabWords, { blocks }: LabSteps): void {
  for (const block of blocks) {
    if (block.kind === 'file' || block.browser.runs) continue;
    const step = document.getElementById(block.id);
    const said = paragraph(words.refused.here(whyNot(words, block.browser.why)));
    said.className = 'not-here';
    step?.querySelector(':scope > .not-here')?.remove();
    step?.querySelector(':scope > .foot')?.before(said);
  }
}

function difference({ verdict }: LabWords, result: Comparison): HTMLElement[] {
  if (!('other' in result) || result.other.length === 0) return [];
  const details = document.createElement('details');
  details.open = result.kind === 'unmet';
  const summary = document.createElement('summary');
  summary.textContent = verdict.difference;
  const lines = document.createElement('pre');
  lines.append(...result.other.map((line) => lineElement(line, verdict)));
  details.append(summary, lines);
  return [details];
}

function lineElement({ side, text }: OtherLine, words: LabWords['verdict']): HTMLElement {
  const line = document.createElement('span');
  line.className = side;
  const sign = document.createElement('b');
  sign.textContent = side === 'recorded' ? '− ' : '+ ';
  sign.title = words[side];
  line.append(sign, `${text}\n`);
  return line;
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}
