import { RECALL_WORDS } from '../../i18n/client/recall.ts';
import type { onPrediction } from '../predict.ts';
import { languageOf } from '../words.ts';
import { lessonProgress, withGuess } from './model.ts';
import { loadProgress, saveProgress } from './store.ts';

/**
 * The recall page: leaves what belongs to lessons that the reader has finished. What was right at
 * the last try comes last.
 */
export function addRecall(ask: typeof onPrediction): void {
  const page = document.querySelector<HTMLElement>('[data-recall]');
  const known = page?.querySelector('[data-known]');
  const said = page?.querySelector('[role=status]');
  if (page === null || !known || !said) return;
  const progress = loadProgress();
  for (const item of page.querySelectorAll<HTMLElement>('[data-lesson]')) {
    const { lesson = '', step } = item.dataset;
    const { done, guesses = {} } = lessonProgress(progress, lesson);
    if (!done) item.remove();
    else if (step !== undefined && guesses[step]?.last === true) known.append(item);
  }
  for (const section of page.querySelectorAll('section'))
    section.hidden = section.querySelector('[data-lesson]') === null;

  const predictions = [...page.querySelectorAll<HTMLElement>('.predict')];
  const words = RECALL_WORDS[languageOf(document.documentElement)];
  const say = () => {
    const now = loadProgress();
    const tries = predictions.map(
      ({ dataset: { lesson = '', step = '' } }) =>
        lessonProgress(now, lesson).guesses?.[step]?.last,
    );
    const tried = tries.filter((right) => right !== undefined);
    const untried = tries.length - tried.length;
    const isEmpty = page.querySelector('[data-lesson]') === null;
    said.textContent = [
      isEmpty && words.none,
      tried.length > 0 && words.right(tried.filter(Boolean).length, tried.length),
      untried > 0 && words.untried(untried),
    ]
      .filter((text) => text !== false)
      .join(' ');
  };
  for (const predict of predictions) {
    const { lesson = '', step = '' } = predict.dataset;
    ask(predict, (choice, right) => {
      saveProgress(withGuess(loadProgress(), lesson, step, choice, right));
      say();
    });
  }
  say();
  page.dataset['ready'] = '';
}
