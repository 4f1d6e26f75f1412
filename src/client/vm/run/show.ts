import type { LabWords } from '../../../i18n/client/vm.ts';
import type { OtherLine } from '../../../recording/verdict.ts';
import { isDone, type StepResult } from '../../../session/play-step.ts';

/** Shows under a step, or in a task, what came of it in the reader's tab. */
export function showResult(place: HTMLElement, words: LabWords, result: StepResult): void {
  const said = document.createElement('div');
  said.className = 'verdict';
  said.dataset['kind'] = isDone(result) ? 'done' : 'unmet';
  said.append(...sentences(words, result).map(paragraph), ...difference(words, result));
  place.querySelector(':scope > .verdict')?.remove();
  const foot = place.querySelector(':scope > .foot');
  if (foot === null) place.append(said);
  else foot.before(said);
}

/** What came of a step, in sentences; the first one says it in short. */
export function sentences({ verdict }: LabWords, result: StepResult): string[] {
  switch (result.kind) {
    case 'same':
      return [verdict.same];
    case 'fits':
      return [verdict.fits];
    case 'status':
      return [verdict.unmet, verdict.status(String(result.wanted), String(result.got))];
    case 'ended':
      return [verdict.unmet, verdict.ends[result.how]];
    case 'unmet':
      return [
        verdict.unmet,
        ...result.unmet.map(({ kind, expected }) =>
          kind === 'absent'
            ? verdict.absent(expected.replace(/^no /, ''))
            : verdict.shows(expected),
        ),
      ];
  }
}

function difference({ verdict }: LabWords, result: StepResult): HTMLElement[] {
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
