import styles from '../../styles/present.css?url';
import { loadStyles } from '../styles.ts';
import { loadWords } from '../words.ts';
import { openDeck } from './deck.ts';
import { placeOf } from './position.ts';
import { projector } from './projector.ts';
import { slidesOf } from './slides.ts';
import { speaker } from './speaker.ts';

/* The presenter's view of a lesson: for the room, or with `?notes` for the presenter. */

const main = document.querySelector<HTMLElement>('[data-present]');
const article = main?.querySelector('article');
if (main && article)
  void Promise.all([loadStyles(styles), loadWords()]).then(() => present(main, article));

function present(main: HTMLElement, article: HTMLElement): void {
  const { present: lesson = '', minutes = '' } = main.dataset;
  const code = article.querySelector('.stencil')?.ariaLabel ?? '';
  const title = `${code} ${article.querySelector('h1')?.textContent ?? ''}`;
  const notes = [...main.querySelectorAll<HTMLElement>('.note')];
  const slides = slidesOf(article, notes);
  const deck = openDeck(slides, Number(minutes), `present ${location.pathname} ${lesson}`);
  document.documentElement.classList.add('presents');
  if (new URLSearchParams(location.search).has('notes')) {
    main.replaceChildren(speaker(deck, title));
    return;
  }
  const address = (id: string) => id;
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id !== deck.slide.id) deck.goTo(id);
  };
  const openNotes = () =>
    window.open(`${location.pathname}?notes`, 'notes', 'popup,width=1100,height=760') !== null;
  // Before another window answers, which may be ahead.
  if (location.hash !== '') deck.set(placeOf(slides, decodeURIComponent(location.hash.slice(1))));
  main.replaceChildren(projector(deck, { title, address, openNotes }).element);
  addEventListener('hashchange', follow);
}
