import styles from '../../styles/present.css?url';
import { loadStyles } from '../styles.ts';
import { loadWords } from '../words.ts';
import { openDeck } from './deck.ts';
import { waysFrom } from './order.ts';
import { LAST, placeOf } from './position.ts';
import { kept, projector } from './projector.ts';
import { slidesOf, titleOf } from './slides.ts';
import { speaker } from './speaker.ts';

/* The presenter's view of a lesson: for the room, or with `?notes` for the presenter. */

const main = document.querySelector<HTMLElement>('[data-present]');
const article = main?.querySelector('article');
if (main && article)
  void Promise.all([loadStyles(styles), loadWords()]).then(() => present(main, article));

function present(main: HTMLElement, article: HTMLElement): void {
  const ways = waysFrom(location.pathname, location.search);
  const { next, before } = ways ?? main.dataset;
  const minutes = Number(main.dataset['minutes']);
  const title = titleOf(article);
  const notes = [...main.querySelectorAll<HTMLElement>('div.note')];
  const slides = slidesOf(article, notes);
  const named = () => decodeURIComponent(location.hash.slice(1));
  const start = named() === '' ? undefined : { ...placeOf(slides, named()), ...kept() };
  const query = new URLSearchParams(location.search);
  const hasNotes = query.has('notes');
  const open = (lesson: string, slide = '') =>
    location.assign(`${lesson}${location.search}${slide}`);
  const deck = openDeck(slides, minutes, start, {
    address: location.pathname,
    leave: (to) => {
      const lesson = to === 'next' ? next : before;
      if (lesson !== undefined) open(lesson, to === 'next' ? '' : `#${LAST}`);
      return lesson !== undefined;
    },
    ...(hasNotes && { follow: open }),
  });
  document.documentElement.classList.add('presents');
  if (hasNotes) {
    // Once it is reloaded, it is at the place of the other windows.
    history.replaceState(null, '', location.search);
    main.replaceChildren(speaker(deck, title, next, ways?.hasBreak));
    return;
  }
  const address = (id: string) => id;
  const openNotes = () => {
    query.set('notes', '');
    return window.open(`?${query}`, 'notes', 'popup,width=1100,height=760') !== null;
  };
  main.replaceChildren(projector(deck, { title, address, openNotes }).element);
  addEventListener('hashchange', () => {
    if (named() !== deck.slide.id) deck.goTo(named());
  });
}
