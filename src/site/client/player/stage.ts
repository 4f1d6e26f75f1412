import { PLAYER_WORDS } from '../../i18n/client/player.ts';
import { element } from '../element.ts';
import type { Recorded } from '../for-reader.ts';
import { languageOf } from '../words.ts';
import { controls } from './controls.ts';
import { readLines } from './row-style.ts';
import { watchRows } from './rows.ts';
import { openTape, type Tape } from './tape.ts';

/** A cast that plays over the text of its screen. */
export interface Played {
  readonly tape: Tape;
  /** What the cast is drawn in. */
  readonly stage: HTMLElement;
  /** Removes it and shows the text again. */
  readonly close: () => void;
}

/**
 * Opens one of a step's casts over the text of its screen, which stays in place so that the page
 * does not move.
 * @param commands number of commands in the cast
 * @param waits whether it waits to begin, and stops before each command
 */
export function playOver(
  step: HTMLElement,
  { screen, cast }: Recorded,
  commands: number,
  waits = false,
): Played {
  const stage = element('div', {
    className: 'stage',
    // Scrolls if the terminal is larger than the text.
    tabIndex: 0,
    role: 'group',
    ariaLabel: PLAYER_WORDS[languageOf(step)].recording(nameOf(step)),
  });
  const lines = readLines(screen);
  screen.scrollTo(0, 0);
  screen.append(stage);
  step.classList.add('played');
  const { fontFamily, fontSize, lineHeight } = getComputedStyle(screen);
  const unwatch = watchRows(stage, lines);
  const tape = openTape(stage, {
    commands,
    cast,
    rows: Number(screen.dataset['rows'] ?? step.dataset['rows']),
    font: fontFamily,
    fontSize,
    lineHeight: parseFloat(lineHeight) / parseFloat(fontSize),
    still: isStill(),
    waits,
  });
  const close = () => {
    unwatch();
    tape.dispose();
    stage.remove();
    step.classList.remove('played');
  };
  return { tape, stage, close };
}

/** Whether the reader prefers reduced motion. */
export function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function nameOf(step: HTMLElement): string {
  return step.querySelector('.id')?.textContent.trim() ?? '';
}

/**
 * Plays one of a step's casts, with controls in the footer of the step.
 * @param calls `leave` when the reader presses Escape, `played` when the cast was played to its end
 * @returns a function that closes the player and shows the text again
 */
export function openStage(
  step: HTMLElement,
  recorded: Recorded,
  calls: { readonly leave: () => void; readonly played: () => void },
): () => void {
  const words = PLAYER_WORDS[languageOf(step)];
  const commands = typedCommands(recorded.screen);
  const { tape, stage, close } = playOver(step, recorded, commands.length);
  tape.on('played', calls.played);
  const full = () =>
    void (document.fullscreenElement === null
      ? step.requestFullscreen()
      : document.exitFullscreen());
  const bar = controls(tape, commands, words, document.fullscreenEnabled ? full : undefined);
  bar.element.ariaLabel = words.name(nameOf(step));
  step.querySelector('.foot')?.prepend(bar.element);
  // Never show an empty terminal, but the first command and its output.
  if (isStill()) tape.seek(0);
  const keys: Readonly<Record<string, () => void>> = {
    Escape: calls.leave,
    ' ': () => tape.toggle(),
    ArrowLeft: () => tape.seek('prev'),
    ArrowRight: () => tape.seek('next'),
    ...(document.fullscreenEnabled && { f: full }),
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = isOwn(event, stage) ? undefined : keys[event.key];
    if (act !== undefined) {
      act();
      event.preventDefault();
    }
    if (act !== undefined || PLAYER_KEYS.test(event.key)) event.stopPropagation();
  };
  const closing = new AbortController();
  // In the capture phase, since the player has its own keys, which depend on its focus.
  step.addEventListener('keydown', press, { capture: true, signal: closing.signal });
  bar.focus();
  return () => {
    closing.abort();
    if (document.fullscreenElement === step) void document.exitFullscreen();
    bar.dispose();
    bar.element.remove();
    close();
  };
}

/**
 * Whether a key belongs to the focused element: a field, a button or a horizontally scrollable
 * terminal.
 */
function isOwn({ key, target }: KeyboardEvent, stage: HTMLElement): boolean {
  if (key === 'Escape') return false;
  if (target instanceof HTMLButtonElement) return key === ' ';
  if (target === stage) return key.startsWith('Arrow') && stage.scrollWidth > stage.clientWidth;
  return target instanceof HTMLSelectElement || target instanceof HTMLInputElement;
}

/** The player's own keys that are undocumented here or have another meaning. */
const PLAYER_KEYS = /^(?:[\d,.?fkm[\]]|Arrow(?:Left|Right))$/;

/** The command of each marker in the cast. */
function typedCommands(screen: HTMLElement): string[] {
  return Array.from(screen.querySelectorAll('.cmd'), (command) =>
    Array.from(command.querySelectorAll('kbd'), (line) => line.textContent).join(' '),
  );
}
