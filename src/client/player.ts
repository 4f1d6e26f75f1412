import { create, type Player } from 'asciinema-player';
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
  stage.setAttribute('role', 'group');
  stage.setAttribute('aria-label', 'Player');
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
  });
  stage.append(controls(player, !still));
  return () => {
    player.dispose();
    stage.remove();
    screen.hidden = false;
  };
}

/** The player's own controls are out of reach for a keyboard and a screen reader: these are real buttons. */
function controls(player: Player, playing: boolean): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'stage-bar';
  const toggle = button(playing ? 'Pause' : 'Go on', () =>
    playing ? player.pause() : player.play(),
  );
  const show = (now: boolean) => {
    playing = now;
    toggle.textContent = now ? 'Pause' : 'Go on';
  };
  player.addEventListener('playing', () => show(true));
  player.addEventListener('pause', () => show(false));
  player.addEventListener('ended', () => show(false));
  bar.append(
    toggle,
    button('Command before', () => player.seek({ marker: 'prev' })),
    button('Next command', () => player.seek({ marker: 'next' })),
  );
  return bar;
}

function button(text: string, act: () => unknown): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}

let styles: Promise<void> | undefined;

function loadStyles(): Promise<void> {
  styles ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = css;
    link.onload = () => resolve();
    link.onerror = () => {
      styles = undefined;
      reject(new Error(`${css} could not be loaded`));
    };
    document.head.append(link);
  });
  return styles;
}
