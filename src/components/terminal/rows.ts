import type { Cast } from '../../recording/cast.ts';
import { createTerminal, flushed } from '../../recording/terminal.ts';

/** Fewest rows that a player is given: its controls need the room. */
const FEWEST = 5;

/**
 * Rows of the terminal that a cast uses while it plays: a player needs no more, and so takes the place of the
 * text without pushing the page apart. A program that fills the screen, or output that scrolls, uses all.
 */
export async function playedRows(cast: Cast): Promise<number> {
  const { cols, rows } = cast.header.term;
  const terminal = createTerminal(cols, rows);
  let used = FEWEST;
  const look = () => {
    const { baseY, cursorY } = terminal.buffer.active;
    used = Math.max(used, baseY > 0 ? rows : cursorY + 1);
  };
  terminal.onCursorMove(look);
  terminal.onLineFeed(look);
  try {
    for (const [, code, data] of cast.events) if (code === 'o') terminal.write(data);
    await flushed(terminal);
    // A program that places text by row numbers counts on all of them.
    const places = cast.events.some(([, code, data]) => code === 'o' && PLACED.test(data));
    return places ? rows : Math.min(used, rows);
  } finally {
    terminal.dispose();
  }
}

/** The alternate screen, cursor positions with a row of their own, scroll regions (xterm's ctlseqs). */
const PLACED = /\x1b\[(?:\?(?:47|1047|1049)h|\d{1,3};\d{1,3}[Hfr]|\d{1,3}d)/;
