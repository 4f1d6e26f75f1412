import { PRESENT_WORDS } from '../../i18n/client/present.ts';
import { button, element } from '../element.ts';
import { languageOf } from '../words.ts';
import { isForDeck, KEYS, type Deck, type State } from './deck.ts';
import { fit } from './fit.ts';
import type { Slide } from './slides.ts';
import { loadPlayer, slideTerminal, type SlideTerminal } from './terminal.ts';
import { taskTimer } from './timer.ts';

/** How far the arrow keys scroll a slide, in sizes of its letters. */
const LINES = 4;
/** How far going on scrolls what is longer than the screen, as a part of what is in view. */
const SCREENFUL = 0.8;

export interface ProjectorOptions {
  /** The lesson's code and title. */
  readonly title: string;
  /** The address of a slide, after `#`. */
  readonly address: (id: string) => string;
  /** Opens the window with the notes; absent if there are none. */
  readonly openNotes?: () => boolean;
  /** Leaves the presentation; absent if its page shows nothing else. */
  readonly leave?: () => void;
}

/** What an entry of the browser's history stores about a slide, for a reload of the page. */
interface Kept {
  readonly part?: number;
}

/** How much of the slide was shown before a reload. */
export function kept(): Kept {
  return (history.state ?? {}) as Kept;
}

/**
 * Shows a presentation to the room: one slide at a time.
 * @returns its element, and a function that stops it
 */
export function projector(
  deck: Deck,
  { title, address, openNotes, leave }: ProjectorOptions,
): { readonly element: HTMLElement; readonly close: () => void } {
  const words = PRESENT_WORDS[languageOf(document.documentElement)];
  const stage = element('div', { className: 'slides' });
  const said = element('p', { className: 'heard', role: 'status' });
  const place = element('span', { className: 'at' });
  const timer = taskTimer(words.timer);
  const full = () =>
    void (document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen());
  const notes = () => {
    if (openNotes?.() === false) said.textContent = words.noWindow;
  };
  /** What can be scrolled. A player lies over its screen. */
  const blocks = () => {
    const player = stage.querySelector('.slide .stage');
    return player ? [player] : [...stage.querySelectorAll('.slide, .slide .screen, .slide pre')];
  };
  const scroll = (lines: number) => () => {
    for (const block of blocks())
      block.scrollBy(0, lines * parseFloat(getComputedStyle(block).fontSize));
  };
  /** Shows more of what is longer than the screen; false if its end is in view. */
  const scrollOn = () =>
    blocks().some((block) => {
      const { scrollTop } = block;
      block.scrollBy(0, block.clientHeight * SCREENFUL);
      return block.scrollTop > scrollTop;
    });
  const acts: Readonly<Record<string, (() => void) | undefined>> = {
    n: openNotes && notes,
    f: document.fullscreenEnabled ? full : undefined,
    ArrowDown: scroll(LINES),
    ArrowUp: scroll(-LINES),
    Escape: leave,
  };
  const bar = element(
    'div',
    { className: 'deck-bar', role: 'group', ariaLabel: words.deck, title: words.keys },
    element('span', {}, title),
    place,
    button('‹', () => deck.move('back'), { ariaLabel: words.back }),
    button('›', () => deck.move('on'), { ariaLabel: words.on }),
    button(words.black, () => deck.move('black')),
    ...(openNotes ? [button(words.notes, notes)] : []),
    ...(acts['f'] ? [button(words.full, full)] : []),
    ...(leave ? [button(words.leave, leave)] : []),
  );
  const whole = element('div', { className: 'deck' }, stage, timer.element, bar, said);
  let terminal: SlideTerminal | undefined;
  let open: Slide | undefined;
  const refit = () => {
    if (open === undefined) return;
    const { scrollTop } = open.section;
    // There has to be space for all hints.
    showHints(open, open.parts);
    fit(open.section);
    showHints(open, deck.state.part);
    open.section.scrollTop = scrollTop;
  };
  const tick = () => {
    const wasHidden = timer.element.hidden;
    timer.show(deck.state.timer);
    // The timer takes some of the slide's height.
    if (timer.element.hidden !== wasHidden) refit();
  };

  const show = (state: State, last?: State) => {
    const { slide } = deck;
    const isNew = slide !== open;
    tick();
    if (isNew) {
      terminal?.close();
      open = slide;
      stage.replaceChildren(slide.section);
      refit();
      const step = slide.parts > 0 ? slide.section.querySelector<HTMLElement>('.step') : null;
      terminal = step === null ? undefined : slideTerminal(step, slide.parts);
      // So that the first command is typed without delay.
      if (terminal !== undefined) void loadPlayer();
      place.textContent = words.place(state.slide + 1, deck.slides.length);
    }
    history.replaceState({ part: state.part } satisfies Kept, '', `#${address(slide.id)}`);
    const isOn = !isNew && last !== undefined && state.part === last.part + 1;
    if (isOn) terminal?.run(state.part);
    else if (isNew || last?.part !== state.part) terminal?.show(state.part);
    showHints(slide, state.part);
    whole.classList.toggle('black', state.black);
    stage.inert = state.black;
    said.textContent = state.black ? words.blackened : '';
  };
  const press = (event: KeyboardEvent) => {
    if (!isForDeck(event)) return;
    const move = KEYS[event.key];
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (move === undefined && act === undefined) return;
    event.preventDefault();
    act?.();
    if (move !== undefined) deck.move(move);
  };
  // Choosing an answer asks for all of them.
  stage.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('.answer > summary') === null)
      return;
    event.preventDefault();
    deck.move('answers');
  });
  // Without a keyboard, too, there is a way back from a black screen. The click that made it black
  // has passed here before.
  whole.addEventListener(
    'click',
    () => {
      if (deck.state.black) deck.move('black');
    },
    { capture: true },
  );
  const closing = new AbortController();
  const { signal } = closing;
  document.addEventListener('keydown', press, { signal });
  addEventListener('resize', refit, { signal });
  const ticking = setInterval(tick, 1000);
  deck.follow(show);
  deck.lead(() => {
    if (terminal?.running !== true) return scrollOn();
    // Going on while a command runs shows what it prints at once.
    terminal.show(deck.state.part);
    return true;
  });
  // Its size is known once it is in the document.
  queueMicrotask(() => show(deck.state));
  return {
    element: whole,
    close: () => {
      closing.abort();
      clearInterval(ticking);
      terminal?.close();
    },
  };
}

/** Hints of a task appear one after another. */
function showHints({ kind, section }: Slide, part: number): void {
  if (kind !== 'task') return;
  section.querySelectorAll<HTMLElement>('.hint').forEach((hint, index) => {
    hint.hidden = index >= part;
  });
  if (part > 0) section.scrollTop = section.scrollHeight;
}
