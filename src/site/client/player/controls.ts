import type { PlayerWords } from '../../i18n/client/player.ts';
import type { Tape } from './tape.ts';

const SPEEDS = [0.5, 1, 2, 4];

/** Interval at which the slider is updated, in milliseconds. */
const FOLLOW = 200;

/** The controls of a player. */
export interface Controls {
  readonly element: HTMLElement;
  focus(): void;
  dispose(): void;
}

/**
 * Controls that replace the player's own, which keyboards and screen readers cannot reach.
 * @param full toggles full screen; absent if the browser does not support it
 */
export function controls(
  tape: Tape,
  commands: readonly string[],
  words: PlayerWords,
  full: (() => void) | undefined,
): Controls {
  const element = document.createElement('div');
  element.className = 'stage-bar';
  element.setAttribute('role', 'group');
  const toggle = button(words.pause, () => tape.toggle());
  toggle.className = 'toggle';
  toggle.title = words.spaceKey;
  const show = (word: string) => () => (toggle.textContent = word);
  if (!tape.playing) show(words.goOn)();
  tape.on('playing', show(words.pause));
  tape.on('paused', show(words.goOn));
  tape.on('ended', show(words.replay));

  const position = slider(tape, words);
  element.append(toggle, markers(tape, commands, words), position.element, speed(tape, words));
  if (full !== undefined) {
    const whole = button('', full);
    whole.className = 'full';
    name(whole, words.full, 'F');
    element.append(whole);
  }
  return {
    element,
    focus: () => toggle.focus({ preventScroll: true }),
    dispose: position.dispose,
  };
}

/** A button for each command, at the recording's marker. */
function markers(tape: Tape, commands: readonly string[], words: PlayerWords): HTMLElement {
  const list = document.createElement('span');
  list.className = 'markers';
  const before = button('‹', () => tape.seek('prev'));
  name(before, words.before, '←');
  const after = button('›', () => tape.seek('next'));
  name(after, words.after, '→');
  const each = commands.map((typed, index) => {
    const marker = button(String(index + 1), () => tape.seek(index));
    marker.className = 'marker';
    marker.title = typed;
    marker.setAttribute('aria-label', words.command(index + 1, typed));
    return marker;
  });
  tape.on('command', (index) => {
    each.forEach((marker, at) => marker.toggleAttribute('data-now', at === index));
  });
  list.append(before, ...each, after);
  return list;
}

/** A slider that shows and sets the position in the cast. */
function slider(tape: Tape, words: PlayerWords): { element: HTMLElement; dispose: () => void } {
  const range = document.createElement('input');
  range.type = 'range';
  range.min = '0';
  range.step = '0.1';
  range.max = '0';
  range.value = '0';
  range.setAttribute('aria-label', words.position);
  const follow = () => {
    const { duration } = tape;
    if (duration === undefined) return;
    range.max = duration.toFixed(1);
    range.value = tape.time.toFixed(1);
    range.setAttribute('aria-valuetext', `${clock(tape.time)} / ${clock(duration)}`);
  };
  range.addEventListener('input', () => tape.seekTime(Number(range.value)));
  const timer = setInterval(follow, FOLLOW);
  return { element: range, dispose: () => clearInterval(timer) };
}

/** Formats seconds as `m:ss`. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function speed(tape: Tape, words: PlayerWords): HTMLElement {
  const select = document.createElement('select');
  select.setAttribute('aria-label', words.speed);
  select.title = words.speed;
  for (const value of SPEEDS) select.append(new Option(`${value} ×`, String(value), value === 1));
  select.value = '1';
  select.addEventListener('change', () => tape.setSpeed(Number(select.value)));
  return select;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}

/** Labels an icon button, with its keyboard shortcut. */
function name(element: HTMLElement, said: string, key: string): void {
  element.setAttribute('aria-label', said);
  element.title = `${said} (${key})`;
}
