import type { PlayerWords } from '../../i18n/client/player.ts';
import { button, element } from '../element.ts';
import type { Tape } from './tape.ts';

const SPEEDS = [0.5, 1, 2, 4];

/** Interval at which the slider is updated, in milliseconds. */
const FOLLOW = 200;

/**
 * Controls that replace the player's own, which keyboards and screen readers cannot reach.
 * @param full toggles full screen; absent if the browser does not support it
 */
export function controls(
  tape: Tape,
  commands: readonly string[],
  words: PlayerWords,
  full: (() => void) | undefined,
) {
  const toggle = button(words.pause, () => tape.toggle(), {
    className: 'toggle',
    title: words.spaceKey,
  });
  const show = (word: string) => () => (toggle.textContent = word);
  if (!tape.playing) show(words.goOn)();
  tape.on('playing', show(words.pause));
  tape.on('paused', show(words.goOn));
  tape.on('ended', show(words.replay));

  const position = slider(tape, words);
  const whole =
    full === undefined ? [] : [button('', full, { className: 'full', ...named(words.full, 'F') })];
  return {
    element: element(
      'div',
      { className: 'stage-bar', role: 'group' },
      toggle,
      markers(tape, commands, words),
      position.element,
      speed(tape, words),
      ...whole,
    ),
    focus: () => toggle.focus({ preventScroll: true }),
    dispose: position.dispose,
  };
}

/** A button for each command, at the recording's marker. */
function markers(tape: Tape, commands: readonly string[], words: PlayerWords): HTMLElement {
  const before = button('‹', () => tape.seek('prev'), named(words.before, '←'));
  const after = button('›', () => tape.seek('next'), named(words.after, '→'));
  const each = commands.map((typed, index) =>
    button(String(index + 1), () => tape.seek(index), {
      className: 'marker',
      title: typed,
      ariaLabel: words.command(index + 1, typed),
    }),
  );
  tape.on('command', (index) => {
    each.forEach((marker, at) => marker.toggleAttribute('data-now', at === index));
  });
  return element('span', { className: 'markers' }, before, ...each, after);
}

/** A slider that shows and sets the position in the cast. */
function slider(tape: Tape, words: PlayerWords): { element: HTMLElement; dispose: () => void } {
  const range = element('input', {
    type: 'range',
    step: '0.1',
    max: '0',
    ariaLabel: words.position,
  });
  const follow = () => {
    const { duration } = tape;
    if (duration === undefined) return;
    range.max = duration.toFixed(1);
    range.value = tape.time.toFixed(1);
    range.ariaValueText = `${clock(tape.time)} / ${clock(duration)}`;
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
  const select = element('select', { ariaLabel: words.speed, title: words.speed });
  for (const value of SPEEDS) select.append(new Option(`${value} ×`, String(value), value === 1));
  select.value = '1';
  select.addEventListener('change', () => tape.setSpeed(Number(select.value)));
  return select;
}

/** The label of an icon button, with its keyboard shortcut. */
function named(said: string, key: string): { ariaLabel: string; title: string } {
  return { ariaLabel: said, title: `${said} (${key})` };
}
