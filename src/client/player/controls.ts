import type { PlayerWords } from '../../i18n/client/player.ts';
import type { Tape } from './tape.ts';

const SPEEDS = [0.5, 1, 2, 4];

/** The player's own controls are out of reach for a keyboard and a screen reader: these are real ones. */
export function controls(
  tape: Tape,
  commands: readonly string[],
  words: PlayerWords,
): { element: HTMLElement; focus: () => void } {
  const element = document.createElement('div');
  element.className = 'stage-bar';
  const toggle = button(words.pause, () => tape.toggle());
  toggle.className = 'toggle';
  const show = (word: string) => () => (toggle.textContent = word);
  if (!tape.playing) show(words.goOn)();
  tape.on('playing', show(words.pause));
  tape.on('paused', show(words.goOn));
  tape.on('ended', show(words.replay));

  const keys = document.createElement('span');
  keys.className = 'keys';
  keys.setAttribute('aria-hidden', 'true');
  keys.textContent = words.keys;
  element.append(toggle, markers(tape, commands, words), speed(tape, words), keys);
  return { element, focus: () => toggle.focus({ preventScroll: true }) };
}

/** A button for each command: where it is typed, the recording has a marker. */
function markers(tape: Tape, commands: readonly string[], words: PlayerWords): HTMLElement {
  const list = document.createElement('span');
  list.className = 'markers';
  const before = button('‹', () => tape.seek('prev'));
  before.setAttribute('aria-label', words.before);
  const after = button('›', () => tape.seek('next'));
  after.setAttribute('aria-label', words.after);
  const each = commands.map((typed, index) => {
    const marker = button(String(index + 1), () => tape.seek(index));
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

function speed(tape: Tape, words: PlayerWords): HTMLElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  for (const value of SPEEDS) select.append(new Option(`${value} ×`, String(value), value === 1));
  select.value = '1';
  select.addEventListener('change', () => tape.setSpeed(Number(select.value)));
  label.append(`${words.speed} `, select);
  return label;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}
