import { addCopyButtons } from '../copy.ts';
import { explainMarks } from '../marks.ts';
import { followSections } from '../place.ts';
import { addPlayButtons } from '../play.ts';
import { addProgressPanel } from '../progress/panel.ts';
import { followProgress, loadProgress, saveProgress } from '../progress/store.ts';
import { addTicks } from '../progress/ticks.ts';
import { onSearchWanted } from '../search-keys.ts';
import { addThemeToggle } from '../theme.ts';
import { saveCast } from './casts.ts';
import { setSearched } from './search-engine.ts';
import { placeOf, takeViews, type View } from './views.ts';

/* The script of the one HTML file: pages as views, and on each what the site's pages have. */

const START = '_start';
const { place, views } = takeViews();
const ready = new Set<View>();
let open: View | undefined;

setSearched([...views.values()]);
addThemeToggle();
onSearchWanted();
followProgress();
// Back returns to where the reader was; a browser would return there before the page has changed.
history.scrollRestoration = 'manual';
go();
window.addEventListener('hashchange', go);
document.addEventListener('scrollend', () => history.replaceState({ top: scrollY }, ''));
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link !== null && saveCast(link)) event.preventDefault();
});

/** Shows the place that the address names. */
function go(): void {
  const { view: name, anchor } = placeOf(location.hash, views);
  const view = name === undefined ? (open ?? views.get(START)) : views.get(name);
  if (view === undefined) return;
  if (view !== open) show(view);
  // Whoever keeps the address of a place on the page gets back to it.
  if (name === undefined && anchor !== '')
    history.replaceState(null, '', `#${view.name}.${encodeURIComponent(anchor)}`);
  const { top } = (history.state ?? {}) as { readonly top?: number };
  const target = document.getElementById(anchor);
  if (top !== undefined) scrollTo(0, top);
  else if (target === null) scrollTo(0, 0);
  else reveal(target);
}

/** Brings an element into sight: a browser that follows an address opens what it is folded in, and so do we. */
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
    addProgressPanel();
    followSections();
  }
  // What was marked elsewhere shows on this page as well.
  saveProgress(loadProgress());
}
