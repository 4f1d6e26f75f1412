import { TASK } from '../../../core/lesson/agenda.ts';
import { after, before, placeOf, type Position } from './position.ts';
import type { Slide } from './slides.ts';

/** What all windows of a presentation show. */
export interface State extends Position {
  readonly black: boolean;
  /** When the first slide was left, in milliseconds; undefined before that. */
  readonly started: number | undefined;
  /** Minutes that the lesson should take. */
  readonly minutes: number;
  /** When the time for the task is over, in milliseconds; undefined without a timer. */
  readonly timer: number | undefined;
}

/** What presenters do. */
export type Move =
  'on' | 'back' | 'first' | 'last' | 'black' | 'answers' | 'slide' | 'lesson' | 'timer';

/** A presentation that a window shows, alone or together with other windows. */
export interface Deck {
  readonly slides: readonly Slide[];
  readonly state: State;
  /** The slide that is shown. */
  readonly slide: Slide;
  /** Does it in the window that the room sees, or in this one if no other is open. */
  move(move: Move): void;
  /** Changes the state for all windows. */
  set(change: Partial<State>): void;
  /** Goes to the slide with an address. */
  goTo(id: string): void;
  /**
   * Makes this the window that the room sees.
   * @param showMore shows what going on shows of the same part; false if there is nothing more
   */
  lead(showMore: () => boolean): void;
  /** Calls back with each new state and the one before. */
  follow(show: (state: State, last: State) => void): void;
  close(): void;
}

/** How a presentation is connected to other windows and to other lessons. */
export interface Connections {
  /** The address of this presentation. Windows of the same browser that have it act as one. */
  readonly address: string;
  /** Opens the next lesson, or the one before at its end; false if there is none. */
  readonly leave: (to: 'next' | 'before') => boolean;
  /** Called when a window shows another lesson. */
  readonly follow?: (address: string) => void;
}

/**
 * What windows send each other: a question for the state, the state, what the presenter does, and
 * that the window that the room sees is closed.
 */
interface Message {
  readonly address: string;
  readonly said: 'hello' | 'bye' | State | Move;
}

/**
 * Opens a presentation.
 * @param start the place to begin with; if absent, that of the other windows
 * @param connections absent if there are no other windows and lessons
 */
export function openDeck(
  slides: readonly Slide[],
  minutes: number,
  start?: Position,
  connections?: Connections,
): Deck {
  let state: State = {
    slide: 0,
    part: 0,
    black: false,
    minutes,
    started: undefined,
    timer: undefined,
    ...start,
  };
  /** Other windows learn it when they say what they show. */
  let unsaid = start;
  const followers: ((state: State, last: State) => void)[] = [];
  const channel = connections && new BroadcastChannel('present');
  /** Whether no other window is known to be open. */
  let isAlone = true;
  /** Whether this window is about to show another lesson. */
  let isLeaving = false;
  let showMore: (() => boolean) | undefined;
  const show = (next: State) => {
    const last = state;
    state = next;
    for (const follower of followers) follower(state, last);
  };
  const say = (said: Message['said']) =>
    channel?.postMessage({ address: connections?.address ?? '', said } satisfies Message);
  const isTask = ({ slide }: Position) => slides[slide]?.kind === 'task';
  const set = (change: Partial<State>) => {
    const next = { ...state, ...change };
    unsaid = undefined;
    show({
      ...next,
      started: next.slide > 0 ? (next.started ?? Date.now()) : next.started,
      timer: next.slide === state.slide && isTask(next) ? next.timer : undefined,
    });
    say(state);
  };
  const leave = (to: 'next' | 'before', otherwise: Partial<State> = {}) => {
    isLeaving = connections?.leave(to) ?? false;
    return isLeaving ? {} : otherwise;
  };
  // The end of the last lesson. Without connections, it is not known whether this is the last one.
  const end = () => leave('next', connections && { black: true });
  const moves: Readonly<Record<Move, () => Partial<State>>> = {
    on: () => (showMore?.() ? {} : (after(slides, state) ?? end())),
    back: () => before(slides, state) ?? leave('before'),
    first: () => ({ slide: 0, part: 0 }),
    last: () => ({ slide: slides.length - 1, part: 0 }),
    black: () => ({ black: !state.black }),
    answers: () => {
      const isAsked = slides[state.slide]?.kind === 'ask';
      const slide = slides.findIndex(({ kind }, at) => at > state.slide && kind === 'answer');
      return isAsked && slide > 0 ? { slide, part: 0 } : {};
    },
    slide: () => (state.slide + 1 < slides.length ? { slide: state.slide + 1, part: 0 } : end()),
    lesson: () => leave('next'),
    timer: () => {
      if (!isTask(state)) return {};
      return { timer: state.timer === undefined ? Date.now() + TASK * 60_000 : undefined };
    },
  };
  // What is done to a black screen only shows it again.
  const act = (move: Move) => {
    const change = state.black ? { black: false } : moves[move]();
    if (Object.keys(change).length > 0) set(change);
  };
  channel?.addEventListener('message', ({ data: { address, said } }: MessageEvent<Message>) => {
    if (address !== connections?.address) {
      connections?.follow?.(address);
      return;
    }
    isAlone = said === 'bye';
    if (said === 'bye') return;
    if (said === 'hello') {
      unsaid = undefined;
      say(state);
    } else if (typeof said === 'string') {
      if (showMore !== undefined) act(said);
    } else if (unsaid === undefined) show(said);
    else set({ ...said, ...unsaid });
  });
  say('hello');

  return {
    slides,
    get state() {
      return state;
    },
    get slide() {
      const slide = slides[state.slide];
      if (slide === undefined) throw new Error('a presentation has at least one slide');
      return slide;
    },
    move: (move) => {
      if (isAlone || showMore !== undefined) act(move);
      else say(move);
    },
    set,
    goTo: (id) => set(placeOf(slides, id)),
    lead: (more) => {
      showMore = more;
      addEventListener('pagehide', () => {
        if (!isLeaving) say('bye');
      });
    },
    follow: (follower) => void followers.push(follower),
    close: () => channel?.close(),
  };
}

/** The keys of presenters, clickers among them. */
export const KEYS: Readonly<Record<string, Move>> = {
  PageDown: 'on',
  ArrowRight: 'on',
  ' ': 'on',
  PageUp: 'back',
  ArrowLeft: 'back',
  Backspace: 'back',
  Home: 'first',
  End: 'last',
  b: 'black',
  B: 'black',
  // Some clickers send a full stop.
  '.': 'black',
  a: 'answers',
  A: 'answers',
  s: 'slide',
  S: 'slide',
  l: 'lesson',
  L: 'lesson',
  t: 'timer',
  T: 'timer',
};

/** Whether a key is meant for the presentation, not for the element that has the focus. */
export function isForDeck({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  if (!(target instanceof HTMLElement)) return true;
  if (target.matches('input, select, textarea')) return false;
  return !(key === ' ' && target.matches('button, a, summary'));
}
