import { addCopyButtons } from './copy.ts';
import { addEngineChoice } from './engine.ts';
import { fillFeedback } from './feedback.ts';
import { explainMarks } from './marks.ts';
import { followSections } from './place.ts';
import { offerComparison } from './pasted/offer.ts';
import { addPlayButtons } from './play.ts';
import { addPredictions, onPrediction } from './predict.ts';
import { printSolutionLast } from './print-solution.ts';
import { followProgress } from './progress/store.ts';
import { addTicks } from './progress/ticks.ts';
import { lightQuotes } from './quotes.ts';
import { onSearchWanted } from './search-keys.ts';
import { addThemeToggle } from './theme.ts';
import { offerLab } from '../../browser-lab/panel/offer.ts';
import { loadWords, wordsFor } from './words.ts';

void loadWords().then(addAll);

function addAll(): void {
  addThemeToggle();
  addEngineChoice();
  addCopyButtons();
  addPlayButtons();
  offerComparison();
  explainMarks();
  lightQuotes();
  offerLab();
  fillFeedback();
  addTicks();
  addPredictions();
  if (document.querySelector('[data-progress]') !== null)
    void import('./progress/panel.ts').then(({ addProgressPanel }) => addProgressPanel());
  if (document.querySelector('[data-recall]') !== null)
    // With an import of this module instead of the argument, the bundle would be split.
    void import('./progress/recall.ts').then(({ addRecall }) => addRecall(onPrediction));
  followProgress();
  followSections();
  onSearchWanted();
  nameScrollers();
  printSolutionLast();
}

/** Makes horizontally scrollable elements focusable in browsers that do not do so themselves. */
function nameScrollers(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries)
      if (target.scrollWidth > target.clientWidth) {
        target.setAttribute('tabindex', '0');
        target.setAttribute('role', 'group');
        target.setAttribute('aria-label', wordsFor(target).scrolls);
      } else for (const name of ['tabindex', 'role', 'aria-label']) target.removeAttribute(name);
  });
  for (const block of document.querySelectorAll('pre, table')) observer.observe(block);
}
