import { PLAYER_WORDS } from '../../i18n/client/player.ts';
import { languageOf } from '../words.ts';
import { controls } from './controls.ts';
import { replaceWords } from './own-words.ts';
import { openTape } from './tape.ts';

/**
 * Plays a step's cast in place of its screen.
 * @param calls `leave` when the reader presses Escape, `ended` when the cast was played to its end
 * @returns what closes the player and shows the text again
 */
export function openStage(
  step: HTMLElement,
  screen: HTMLElement,
  calls: { readonly leave: () => void; readonly ended: () => void },
): () => void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const words = PLAYER_WORDS[languageOf(step)];
  const stage = document.createElement('div');
  stage.className = 'stage';
  stage.setAttribute('role', 'group');
  stage.setAttribute('aria-label', words.name);
  const place = document.createElement('div');
  stage.append(place);
  screen.before(stage);
  screen.hidden = true;

  const commands = typedCommands(screen);
  const tape = openTape(place, {
    commands: commands.length,
    cast: step.querySelector<HTMLAnchorElement>('.cast')?.href ?? '',
    rows: Number(step.dataset['rows']),
    font: getComputedStyle(screen).fontFamily,
    still,
  });
  replaceWords(place, words.own);
  tape.on('ended', calls.ended);
  const bar = controls(tape, commands, words);
  stage.append(bar.element);
  // Before the player: it has keys of its own, which change with where its focus is.
  stage.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const inSelect = event.target instanceof HTMLSelectElement;
      if (event.key === 'Escape') calls.leave();
      else if (event.key === ' ' && !(event.target instanceof HTMLButtonElement) && !inSelect)
        tape.toggle();
      else if (event.key === 'ArrowLeft' && !inSelect) tape.seek('prev');
      else if (event.key === 'ArrowRight' && !inSelect) tape.seek('next');
      // Its help names keys that are ours here.
      else if (event.key !== '?') return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  bar.focus();
  return () => {
    tape.dispose();
    stage.remove();
    screen.hidden = false;
  };
}

/** What each marker of the cast stands for. */
function typedCommands(screen: HTMLElement): string[] {
  return Array.from(screen.querySelectorAll('.cmd'), (command) =>
    Array.from(command.querySelectorAll('kbd'), (line) => line.textContent).join(' '),
  );
}
