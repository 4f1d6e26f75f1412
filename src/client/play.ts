import { PLAYED } from './progress/ticks.ts';

/** Gives each recorded step its Play button. The player is loaded by the first press, not before. */
export function addPlayButtons(): void {
  for (const step of document.querySelectorAll<HTMLElement>('.step[data-rows]')) {
    const bar = step.querySelector('figcaption');
    const screen = step.querySelector<HTMLElement>('.screen');
    if (bar !== null && screen !== null) bar.append(playButton(step, screen));
  }
}

function playButton(step: HTMLElement, screen: HTMLElement): HTMLButtonElement {
  const name = step.querySelector('.id')?.textContent.trim() ?? '';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'play';
  const show = (word: string, label: string) => {
    button.textContent = word;
    button.setAttribute('aria-label', `${label} ${name}`);
  };
  show('Play', 'Play the recording of');

  let close: (() => void) | undefined;
  // Counts presses: a player that comes after the reader has pressed again is not wanted any more.
  let presses = 0;
  let open = false;
  const shut = () => {
    presses++;
    open = false;
    close?.();
    close = undefined;
    show('Play', 'Play the recording of');
  };
  button.addEventListener('click', () => {
    if (open) {
      shut();
      return;
    }
    const press = ++presses;
    open = true;
    show('Close', 'Close the recording of');
    const leave = () => {
      shut();
      button.focus();
    };
    const ended = () => step.dispatchEvent(new Event(PLAYED));
    void import('./player/stage.ts')
      .then(({ openStage }) => openStage(step, screen, { leave, ended }))
      .then((closeStage) => {
        if (press === presses) close = closeStage;
        else closeStage();
      })
      .catch(() => {
        open = false;
        show('No player', 'No player: it could not be loaded. Try again to play');
      });
  });
  return button;
}
