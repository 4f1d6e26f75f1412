import styles from '../styles/player.css?url';
import { PLAYED } from './progress/ticks.ts';
import { button } from './element.ts';
import { ENGINE_CHOSEN, recordedFor } from './for-reader.ts';
import { loadStyles } from './styles.ts';
import { wordsFor } from './words.ts';

/** Closes the open player, since only one plays at a time. */
let shutOpen: (() => void) | undefined;

/** Gives each recorded step its Play button. The player is loaded on the first press. */
export function addPlayButtons(): void {
  for (const step of document.querySelectorAll<HTMLElement>('.step[data-rows]'))
    step.querySelector('figcaption')?.append(playButton(step));
  // What plays is on a screen that is hidden now.
  document.addEventListener(ENGINE_CHOSEN, () => shutOpen?.());
}

function playButton(step: HTMLElement): HTMLButtonElement {
  const name = step.querySelector('.id')?.textContent.trim() ?? '';
  const words = wordsFor(step).play;
  const show = (textContent: string, ariaLabel: string) =>
    Object.assign(play, { textContent, ariaLabel });
  let close: (() => void) | undefined;
  // Counts presses: a player that loads after the reader has pressed again is discarded.
  let presses = 0;
  let open = false;
  const shut = () => {
    presses++;
    open = false;
    if (shutOpen === shut) shutOpen = undefined;
    close?.();
    close = undefined;
    show(words.open, words.toOpen(name));
  };
  const press = () => {
    if (open) {
      shut();
      return;
    }
    const current = ++presses;
    open = true;
    shutOpen?.();
    shutOpen = shut;
    show(words.close, words.toClose(name));
    const leave = () => {
      shut();
      play.focus();
    };
    const played = () => step.dispatchEvent(new Event(PLAYED));
    void Promise.all([import('./player/stage.ts'), loadStyles(styles)])
      .then(([{ openStage }]) => openStage(step, recordedFor(step), { leave, played }))
      .then((closeStage) => {
        if (current === presses) close = closeStage;
        else closeStage();
      })
      .catch(() => {
        if (current !== presses) return;
        shut();
        show(words.failed, words.toTry(name));
      });
  };
  const play = button(words.open, press, { className: 'play', ariaLabel: words.toOpen(name) });
  return play;
}
