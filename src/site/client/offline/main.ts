import { addCopyButtons } from '../copy.ts';
import { addEngineChoice } from '../engine.ts';
import { fillFeedback } from '../feedback.ts';
import { explainMarks } from '../marks.ts';
import { followSections } from '../place.ts';
import { addPlayButtons } from '../play.ts';
import { addPredictions } from '../predict.ts';
import { addProgressPanel } from '../progress/panel.ts';
import { followProgress, loadProgress, saveProgress } from '../progress/store.ts';
import { addTicks } from '../progress/ticks.ts';
import { lightQuotes } from '../quotes.ts';
import { onSearchWanted } from '../search-keys.ts';
import { addThemeToggle } from '../theme.ts';
import { saveCast } from './casts.ts';
import { leave, offerPresentation, present, presented } from './presentation.ts';
import { setSearched } from './search-engine.ts';
import { placeOf, takeViews, type View } from './views.ts';

/* The script of the single HTML file: pages are views with the same features as on the site. */

const START = '_start';
const { place, views } = takeViews();
const ready = new Set<View>();
let open: View | undefined;

setSearched([...views.values()]);
addThemeToggle();
addEngineChoice();
fillFeedback();
lightQuotes();
onSearchWanted();
followProgress();
// Restore the scroll position on Back here: a browser would do so before the view has changed.
history.scrollRestoration = 'manual';
go();
window.addEventListener('hashchange', go);
document.addEventListener('scrollend', () => history.replaceState({ top: scrollY }, ''));
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link !== null && saveCast(link)) event.preventDefault();
});

/** Shows the place in the address. */
function go(): void {
  const presentation = presented(location.hash);
  const lesson = presentation && views.get(presentation.lesson);
  if (presentation && lesson) {
    present(lesson, presentation.slide);
    return;
  }
  leave();
  const { view: name, anchor } = placeOf(location.hash, views);
  const view = name === undefined ? (open ?? views.get(START)) : views.get(name);
  if (view === undefined) return;
  if (view !== open) show(view);
  // Put the place into the address, so that it can be bookmarked.
  if (name === undefined && anchor !== '')
    history.replaceState(null, '', `#${view.name}.${encodeURIComponent(anchor)}`);
  const { top } = (history.state ?? {}) as { readonly top?: number };
  const target = document.getElementById(anchor);
  if (top !== undefined) scrollTo(0, top);
  else if (target === null) scrollTo(0, 0);
  else reveal(target);
}

/**
 * Scrolls to an element and opens the folds that contain it, as browsers do when they follow a
 * link.
 */
function reveal(target: HTMLElement): void {
  for (let fold = target.closest('details'); fold !== null;) {
    fold.open = true;
    fold = fold.parentElement?.closest('details') ?? null;
  }
  target.scrollIntoView();
}

function show(view: View): void {
  place.replaceChildren(view.element);
  open = view;
  document.title = view.element.dataset['title'] ?? document.title;
  if (!ready.has(view)) {
    ready.add(view);
    addCopyButtons();
    addPlayButtons();
    explainMarks();
    addTicks();
    addPredictions();
    addProgressPanel();
    followSections();
    offerPresentation(view);
  }
  // Show progress that was made on other pages.
  saveProgress(loadProgress());
}
