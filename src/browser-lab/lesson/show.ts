import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { isDone, type Comparison, type OtherLine } from '../../core/run/comparison.ts';
import { element } from '../../site/client/element.ts';
import { sentences, whyNot } from './sentences.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';

/** Shows the result in the reader's tab below a step or in a task. */
export function showResult(place: HTMLElement, words: LabWords, result: Comparison): void {
  const said = element(
    'div',
    { className: 'outcome' },
    ...sentences(words, result).map((sentence) => element('p', {}, sentence)),
    ...difference(words, result),
  );
  said.dataset['kind'] = isDone(result) ? 'done' : 'unmet';
  place.querySelector(':scope > .outcome')?.remove();
  const foot = place.querySelector(':scope > .foot');
  if (foot === null) place.append(said);
  else foot.before(said);
}

/**
 * Shows at each step that does not run in the reader's tab why it does not.
 * @param engine version of the Engine with which that was tried
 */
export function showSkipReasons(words: LabWords, { blocks }: LabSteps, engine: string): void {
  for (const block of blocks) {
    if (block.kind === 'file' || block.browser.runs) continue;
    const step = document.getElementById(block.id);
    const why = words.refused.here(whyNot(words, block.browser.why), engine);
    step?.querySelector(':scope > .not-here')?.remove();
    step?.querySelector(':scope > .foot')?.before(element('p', { className: 'not-here' }, why));
  }
}

function difference({ verdict }: LabWords, result: Comparison): HTMLElement[] {
  if (!('other' in result) || result.other.length === 0) return [];
  const summary = element('summary', {}, verdict.difference);
  const lines = element('pre', {}, ...result.other.map((line) => lineElement(line, verdict)));
  return [element('details', { open: result.kind === 'unmet' }, summary, lines)];
}

function lineElement({ side, text }: OtherLine, words: LabWords['verdict']): HTMLElement {
  const sign = element('b', { title: words[side] }, side === 'recorded' ? '− ' : '+ ');
  return element('span', { className: side }, sign, `${text}\n`);
}
