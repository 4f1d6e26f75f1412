import type { Tape } from './tape.ts';

const SPEEDS = [0.5, 1, 2, 4];

/** The player's own controls are out of reach for a keyboard and a screen reader: these are real ones. */
export function controls(
  tape: Tape,
  commands: readonly string[],
): { element: HTMLElement; focus: () => void } {
  const element = document.createElement('div');
  element.className = 'stage-bar';
  const toggle = button('Pause', () => tape.toggle());
  toggle.className = 'toggle';
  const show = (word: string) => () => (toggle.textContent = word);
  if (!tape.playing) show('Go on')();
  tape.on('playing', show('Pause'));
  tape.on('paused', show('Go on'));
  tape.on('ended', show('Replay'));

  const keys = document.createElement('span');
  keys.className = 'keys';
  keys.setAttribute('aria-hidden', 'true');
  keys.textContent = 'Space  ← →  Esc';
  element.append(toggle, markers(tape, commands), speed(tape), keys);
  return { element, focus: () => toggle.focus({ preventScroll: true }) };
}

/** A button for each command: where it is typed, the recording has a marker. */
function markers(tape: Tape, commands: readonly string[]): HTMLElement {
  const list = document.createElement('span');
  list.className = 'markers';
  const before = button('‹', () => tape.seek('prev'));
  before.setAttribute('aria-label', 'Command before');
  const after = button('›', () => tape.seek('next'));
  after.setAttribute('aria-label', 'Next command');
  const each = commands.map((typed, index) => {
    const marker = button(String(index + 1), () => tape.seek(index));
    marker.title = typed;
    marker.setAttribute('aria-label', `Command ${index + 1}: ${typed}`);
    return marker;
  });
  tape.on('command', (index) => {
    each.forEach((marker, at) => marker.toggleAttribute('data-now', at === index));
  });
  list.append(before, ...each, after);
  return list;
}

function speed(tape: Tape): HTMLElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  for (const value of SPEEDS) select.append(new Option(`${value} ×`, String(value), value === 1));
  select.value = '1';
  select.addEventListener('change', () => tape.setSpeed(Number(select.value)));
  label.append('Speed ', select);
  return label;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}
