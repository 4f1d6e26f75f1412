import { create } from 'asciinema-player';
import css from 'asciinema-player/dist/bundle/asciinema-player.css?url';

/**
 * Plays a cast in place of a step's screen.
 * @param rows what of the terminal's rows the cast uses
 * @returns what closes the player and shows the text again
 */
export async function openPlayer(
  screen: HTMLElement,
  cast: string,
  rows: number,
): Promise<() => void> {
  await loadStyles();
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const stage = document.createElement('div');
  stage.className = 'stage';
  screen.before(stage);
  screen.hidden = true;
  const player = create({ url: cast }, stage, {
    rows,
    // A reader who wants no motion steps from command to command; nothing moves until asked.
    autoPlay: !still,
    pauseOnMarkers: still,
    cursorMode: still ? 'steady' : 'blinking',
    controls: true,
    fit: 'width',
    theme: 'harbour',
    terminalFontFamily: getComputedStyle(screen).fontFamily,
    terminalLineHeight: 1.45,
    idleTimeLimit: 2,
  });
  const steps = document.createElement('div');
  steps.className = 'stage-bar';
  steps.append(
    jump('Command before', () => player.seek({ marker: 'prev' })),
    jump('Next command', () => player.seek({ marker: 'next' })),
  );
  stage.append(steps);
  return () => {
    player.dispose();
    stage.remove();
    screen.hidden = false;
  };
}

function jump(text: string, go: () => unknown): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', go);
  return button;
}

let styles: Promise<void> | undefined;

function loadStyles(): Promise<void> {
  styles ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = css;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${css} could not be loaded`));
    document.head.append(link);
  });
  return styles;
}
