import { after, before, placeOf, type Position } from './position.ts';
import type { Slide } from './slides.ts';

/** What all windows of a presentation show. */
export interface State extends Position {
  readonly black: boolean;
  /** When the first slide was left, in milliseconds; undefined before that. */
  readonly started: number | undefined;
  /** Minutes that the lesson should take. */
  readonly minutes: number;
}

/** What presenters do. */
export type Move = 'on' | 'back' | 'first' | 'last' | 'black' | 'answers';

/** A presentation that a window shows, alone or together with other windows. */
export interface Deck {
  readonly slides: readonly Slide[];
  readonly state: State;
  /** The slide that is shown. */
  readonly slide: Slide;
  move(move: Move): void;
  /** Changes the state for all windows. */
  set(change: Partial<State>): void;
  /** Goes to the slide with an address. */
  goTo(id: string): void;
  /** Tells the other windows that the presentation of another lesson is opened. */
  openLesson(address: string): void;
  /** Calls back when another window opens that of another lesson. */
  followLesson(open: (address: string) => void): void;
  /** Calls back with each new state and the one before. */
  follow(show: (state: State, last: State) => void): void;
  close(): void;
}

/** What windows of a presentation send each other: their state, a question for it, an address. */
type Message = State | 'hello' | { readonly lesson: string };

/**
 * Opens a presentation. Windows of the same browser that present the same channel follow each
 * other.
 * @param start the place to begin with; if absent, that of the other windows
 * @param channel absent if there are no other windows
 */
export function openDeck(
  slides: readonly Slide[],
  minutes: number,
  start?: Position,
  channel?: string,
): Deck {
  let state: State = { slide: 0, part: 0, black: false, started: undefined, minutes, ...start };
  /** Other windows learn it when they say what they show. */
  let unsaid = start;
  const followers: ((state: State, last: State) => void)[] = [];
  const lessonFollowers: ((address: string) => void)[] = [];
  const others = channel === undefined ? undefined : new BroadcastChannel(channel);
  const show = (next: State) => {
    const last = state;
    state = next;
    for (const follower of followers) follower(state, last);
  };
  const say = (message: Message) => others?.postMessage(message);
  const set = (change: Partial<State>) => {
    const next = { ...state, ...change };
    unsaid = undefined;
    show({ ...next, started: next.slide > 0 ? (next.started ?? Date.now()) : next.started });
    say(state);
  };
  others?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data === 'hello') say(state);
    else if ('lesson' in data) for (const open of lessonFollowers) open(data.lesson);
    else if (unsaid === undefined) show(data);
    else set({ ...data, ...unsaid });
  });
  say('hello');

  const moves: Readonly<Record<Move, () => Partial<State>>> = {
    on: () => after(slides, state),
    back: () => before(slides, state),
    first: () => ({ slide: 0, part: 0 }),
    last: () => ({ slide: slides.length - 1, part: 0 }),
    black: () => ({ black: !state.black }),
    answers: () => {
      const isAsked = slides[state.slide]?.kind === 'ask';
      const slide = slides.findIndex(({ kind }, at) => at > state.slide && kind === 'answer');
      return isAsked && slide > 0 ? { slide, part: 0 } : {};
    },
  };
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
    // What is done to a black screen only shows it again.
    move: (move) => set(state.black ? { black: false } : moves[move]()),
    set,
    goTo: (id) => set(placeOf(slides, id)),
    openLesson: (lesson) => say({ lesson }),
    followLesson: (open) => void lessonFollowers.push(open),
    follow: (follower) => void followers.push(follower),
    close: () => others?.close(),
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
};

/** Whether a key is meant for the presentation, not for the element that has the focus. */
export function isForDeck({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  if (!(target instanceof HTMLElement)) return true;
  if (target.matches('input, select, textarea')) return false;
  return !(key === ' ' && target.matches('button, a, summary'));
}
