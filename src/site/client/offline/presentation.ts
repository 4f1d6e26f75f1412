import styles from '../../styles/present.css?url';
import { PRESENT_WORDS } from '../../i18n/client/present.ts';
import { element } from '../element.ts';
import { openDeck, type Deck } from '../present/deck.ts';
import { placeOf } from '../present/position.ts';
import { projector } from '../present/projector.ts';
import { slidesOf, titleOf } from '../present/slides.ts';
import { loadStyles } from '../styles.ts';
import type { View } from './views.ts';

/** The presentation that is open in the single HTML file. */
let open: { readonly lesson: string; readonly deck: Deck; readonly close: () => void } | undefined;

/** The lesson and the slide that an address presents: `#/present/run/#first-run`. */
export function presented(
  hash: string,
): { readonly lesson: string; readonly slide: string } | undefined {
  const [, lesson, slide = ''] = /^#\/present\/([^/#]+)\/?(?:#(.*))?$/.exec(hash) ?? [];
  return lesson === undefined ? undefined : { lesson, slide };
}

/** Presents a slide of a lesson over its page, which is kept. */
export function present({ name, element: page }: View, slide: string): void {
  if (open?.lesson === name) {
    if (open.deck.slide.id !== slide) open.deck.goTo(slide);
    return;
  }
  leave();
  void loadStyles(styles).then(() => {
    const article = page.querySelector('article')?.cloneNode(true);
    if (!(article instanceof Element)) return;
    const slides = slidesOf(article);
    const deck = openDeck(slides, 0, placeOf(slides, slide));
    const { element: whole, close } = projector(deck, {
      title: titleOf(page),
      address: (id) => `/present/${name}/#${id}`,
      leave: () => (location.hash = `#${name}.${stepOf(deck)}`),
    });
    const end = () => {
      close();
      whole.remove();
    };
    open = { lesson: name, deck, close: end };
    document.documentElement.classList.add('presents');
    setInert(true);
    document.body.append(whole);
  });
}

/** Leaves the presentation, if one is open. */
export function leave(): void {
  open?.close();
  open = undefined;
  document.documentElement.classList.remove('presents');
  setInert(false);
}

/** What is behind the presentation can be neither reached nor read. */
function setInert(inert: boolean): void {
  for (const part of document.body.children) if (part instanceof HTMLElement) part.inert = inert;
}

/** Adds a link to the presentation of a lesson to its page. */
export function offerPresentation({ name, element: page }: View): void {
  const link = element('a', { href: `#/present/${name}/` }, PRESENT_WORDS.en.present);
  page.querySelector('.opening .when')?.append(' · ', link);
}

/** The step of the slide that is shown, whose address is that of its first slide. */
function stepOf({ slide }: Deck): string {
  return slide.id.replace(/\..*/, '');
}
