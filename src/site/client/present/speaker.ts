import { PRESENT_WORDS } from '../../i18n/client/present.ts';
import { button, element } from '../element.ts';
import { languageOf } from '../words.ts';
import { isForDeck, KEYS, type Deck } from './deck.ts';
import { fit } from './fit.ts';
import { lessonAt } from './order.ts';
import { timeLeft } from './position.ts';
import { taskTimer } from './timer.ts';

/** How often the time is updated, in milliseconds. */
const TICK = 1000;

/**
 * Shows a presentation to the presenter: the notes on what the room sees, what comes next, and the
 * time left.
 * @param title the lesson's code and title
 * @param following the address of the next lesson, if one follows
 * @param hasBreak whether there is a break before it
 */
export function speaker(
  deck: Deck,
  title: string,
  following?: string,
  hasBreak = false,
): HTMLElement {
  const words = PRESENT_WORDS[languageOf(document.documentElement)];
  const now = element('h2');
  const parts = element('p', { className: 'parts' });
  const notes = element('div', { className: 'said-notes' });
  const text = element('div', { className: 'prose' });
  const about = element('h2', { className: 'label' }, words.text);
  const next = element('div', { className: 'preview' });
  const left = element('p', { className: 'left' });
  const elapsed = element('p', { className: 'label' });
  const clock = element('p', { className: 'label' });
  const end = [
    ...(hasBreak ? [words.pause] : []),
    following === undefined ? words.last : `${words.nextLesson}: ${lessonAt(following)}`,
  ].join(' ');
  const minutes = element('input', { type: 'number', min: '1', max: '480' });
  minutes.addEventListener('change', () =>
    deck.set({ minutes: Math.max(minutes.valueAsNumber || 1, 1) }),
  );
  const black = button(words.black, () => deck.move('black'));
  const timer = button(words.timer, () => deck.move('timer'));
  const taskLeft = taskTimer(words.timer);
  const keys = element(
    'div',
    { className: 'keys', role: 'group', ariaLabel: words.deck },
    button(`‹ ${words.back}`, () => deck.move('back')),
    button(`${words.on} ›`, () => deck.move('on')),
    black,
    timer,
    taskLeft.element,
    ...(following !== undefined ? [button(words.nextLesson, () => deck.move('lesson'))] : []),
    button(words.restart, () => deck.set({ started: Date.now() })),
    element('label', {}, `${words.minutes} `, minutes),
  );

  let shown: number | undefined;
  const show = () => {
    const { state, slide } = deck;
    const { kind, parts: all } = slide;
    const count = kind === 'task' ? words.hints : words.commands;
    parts.textContent = all > 0 ? count(state.part, all) : '';
    timer.hidden = kind !== 'task';
    timer.ariaPressed = String(state.timer !== undefined);
    black.ariaPressed = String(state.black);
    minutes.value = String(state.minutes);
    tell();
    if (shown === state.slide) return;
    shown = state.slide;
    const at = words.place(state.slide + 1, deck.slides.length);
    now.textContent = [slide.section.ariaLabel, slide.id, at].filter(Boolean).join(' · ');
    notes.replaceChildren(...slide.notes);
    if (slide.notes.length === 0) notes.append(element('p', {}, words.noNotes));
    const coming = deck.slides[state.slide + 1];
    // What leads to the next slide often explains this one.
    const leads = coming?.lead.map((one) => one.cloneNode(true)) ?? [];
    text.replaceChildren(...slide.lead, ...slide.prose, ...leads);
    about.hidden = text.childElementCount === 0;
    next.replaceChildren(coming?.section ?? element('p', {}, end));
    if (coming !== undefined) fit(coming.section);
  };
  const tell = () => {
    const { minutes: planned, started, timer: due } = deck.state;
    taskLeft.show(due);
    const time = timeLeft(planned, started, Date.now());
    left.textContent = words.left(Math.ceil(time.left));
    left.classList.toggle('over', time.left < 0);
    elapsed.textContent = words.elapsed(Math.floor(time.elapsed), planned);
    clock.textContent = new Date().toLocaleTimeString([], { timeStyle: 'short' });
  };
  document.addEventListener('keydown', (event) => {
    const move = isForDeck(event) ? KEYS[event.key] : undefined;
    if (move === undefined) return;
    event.preventDefault();
    deck.move(move);
  });
  addEventListener('resize', () => {
    const coming = deck.slides[deck.state.slide + 1];
    if (coming !== undefined) fit(coming.section);
  });
  setInterval(tell, TICK);
  deck.follow(show);
  queueMicrotask(show);
  return element(
    'div',
    { className: 'speaker' },
    element('div', { className: 'time' }, element('h1', {}, title), clock, left, elapsed),
    element('section', { ariaLabel: words.now }, now, parts, notes, about, text),
    element(
      'section',
      { className: 'following' },
      element('h2', { className: 'label' }, words.next),
      next,
    ),
    keys,
  );
}
