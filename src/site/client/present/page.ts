import styles from '../../styles/present.css?url';
import { loadStyles } from '../styles.ts';
import { loadWords } from '../words.ts';
import { openDeck } from './deck.ts';
import { placeOf } from './position.ts';
import { projector } from './projector.ts';
import { slidesOf, titleOf } from './slides.ts';
import { speaker } from './speaker.ts';

/* The presenter's view of a lesson: for the room, or with `?notes` for the presenter. */

const main = document.querySelector<HTMLElement>('[data-present]');
const article = main?.querySelector('article');
if (main && article)
  void Promise.all([loadStyles(styles), loadWords()]).then(() => present(main, article));

function present(main: HTMLElement, article: HTMLElement): void {
  const { minutes = '', next } = main.dataset;
  const title = titleOf(article);
  const notes = [...main.querySelectorAll<HTMLElement>('.note')];
  const slides = slidesOf(article, notes);
  const named = () => decodeURIComponent(location.hash.slice(1));
  const start = named() === '' ? undefined : placeOf(slides, named());
  const deck = openDeck(slides, Number(minutes), start, `present ${location.pathname}`);
  document.documentElement.classList.add('presents');
  if (new URLSearchParams(location.search).has('notes')) {
    deck.followLesson((lesson) => location.assign(`${lesson}?notes`));
    main.replaceChildren(speaker(deck, title));
    return;
  }
  const address = (id: string) => id;
  const openNotes = () =>
    window.open(`${location.pathname}?notes`, 'notes', 'popup,width=1100,height=760') !== null;
  const nextLesson = () => {
    if (next === undefined) return;
    deck.openLesson(next);
    location.assign(next);
  };
  main.replaceChildren(projector(deck, { title, address, openNotes, nextLesson }).element);
  addEventListener('hashchange', () => {
    if (named() !== deck.slide.id) deck.goTo(named());
  });
}
