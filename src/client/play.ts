/** Gives each recorded step its Play button. The player is loaded by the first press, not before. */
export function addPlayButtons(): void {
  for (const step of document.querySelectorAll<HTMLElement>('.step[data-cast]')) {
    const bar = step.querySelector('figcaption');
    const screen = step.querySelector<HTMLElement>('.screen');
    if (bar !== null && screen !== null) bar.append(playButton(step, screen));
  }
}

function playButton(step: HTMLElement, screen: HTMLElement): HTMLButtonElement {
  const { cast = '', rows } = step.dataset;
  const name = step.querySelector('.id')?.textContent ?? '';
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
  button.addEventListener('click', () => {
    const press = ++presses;
    open = !open;
    if (!open) {
      close?.();
      close = undefined;
      show('Play', 'Play the recording of');
      return;
    }
    show('Close', 'Close the recording of');
    void import('./player.ts')
      .then(({ openPlayer }) => openPlayer(screen, cast, Number(rows)))
      .then((closePlayer) => {
        if (press === presses) close = closePlayer;
        else closePlayer();
      })
      .catch(() => {
        open = false;
        show('No player', 'No player: it could not be loaded. Try again to play');
      });
  });
  return button;
}
