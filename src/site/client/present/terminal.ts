import styles from '../../styles/player.css?url';
import { partsFor, recordedFor } from '../for-reader.ts';
import type { Played } from '../player/stage.ts';
import { loadStyles } from '../styles.ts';

/** The terminal of a slide, in which commands run one after another. */
export interface SlideTerminal {
  /** Shows at once what the terminal shows when this many commands have run. */
  show(commands: number): void;
  /** Types and runs the last of this many commands. */
  run(commands: number): void;
  /** Whether a command is being typed or running. */
  readonly running: boolean;
  close(): void;
}

/**
 * The terminal of a step. Without a player, or if motion is to be reduced, commands appear with
 * their output at once.
 * @param all number of commands in the step
 */
export function slideTerminal(step: HTMLElement, all: number): SlideTerminal {
  let played: Played | undefined;
  /** The commands that will have run; undefined if nothing is running. */
  let target: number | undefined;
  // Counts changes: a player that loads after the presenter has gone on is not opened.
  let changes = 0;
  const close = () => {
    changes++;
    target = undefined;
    played?.close();
    played = undefined;
  };
  const show = (commands: number) => {
    close();
    reveal(step, commands);
  };
  const reached = () => {
    // The end of the last command is that of the cast.
    if (target === undefined || target === all) return;
    reveal(step, target);
    target = undefined;
  };
  const ended = () => {
    show(all);
  };
  const run = async (commands: number) => {
    const change = ++changes;
    target = commands;
    const player = await loadPlayer();
    if (change !== changes) return;
    if (player === undefined || player.isStill()) {
      show(commands);
      return;
    }
    if (played === undefined) {
      played = player.playOver(step, recordedFor(step), all, true);
      played.tape.on('paused', reached);
      played.tape.on('ended', ended);
    }
    played.tape.playFrom(commands - 1);
  };
  return {
    show,
    run: (commands) => void run(commands),
    get running() {
      return target !== undefined;
    },
    close,
  };
}

/** Loads the player; undefined if that fails. */
export async function loadPlayer(): Promise<typeof import('../player/stage.ts') | undefined> {
  try {
    const [player] = await Promise.all([import('../player/stage.ts'), loadStyles(styles)]);
    return player;
  } catch {
    return undefined;
  }
}

/**
 * Hides what a screen shows of later commands. Of the next one, the prompt stays. The last line is
 * in view, as in a terminal, unless the command that printed it would then be out of view.
 */
function reveal(step: HTMLElement, commands: number): void {
  for (const screen of partsFor(step, '.screen')) {
    let begun = 0;
    let last: Element | undefined;
    // A player that is open lies over them.
    for (const block of screen.querySelectorAll(':scope > :not(.stage)')) {
      const isCommand = block.matches('.cmd');
      const isNext = isCommand && begun === commands;
      block.classList.toggle('next', isNext);
      block.classList.toggle('later', begun > commands);
      if (isCommand && begun < commands) last = block;
      if (isCommand) begun++;
    }
    screen.scrollTop = screen.scrollHeight;
    if (last === undefined) continue;
    const above = screen.getBoundingClientRect().top - last.getBoundingClientRect().top;
    if (above > 0) screen.scrollTop -= above;
  }
}
