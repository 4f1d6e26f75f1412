import type { Cast } from '../../../core/recording/cast.ts';
import type { Screen } from '../../../core/recording/screen.ts';
import { replay } from '../../../core/recording/terminal.ts';

/** A played cast: its final screen, and the terminal rows that it used on the way. */
export interface Played {
  readonly screen: Screen;
  readonly rows: number;
}

/**
 * Plays a cast to determine the rows that it uses: a player with only these rows replaces the text
 * without enlarging the page. Full-screen programs and scrolling output use all rows.
 */
export async function playThrough(cast: Cast): Promise<Played> {
  const { rows } = cast.header.term;
  let used = 1;
  const screen = await replay(cast, (terminal) => {
    const look = () => {
      const { baseY, cursorY } = terminal.buffer.active;
      used = Math.max(used, baseY > 0 ? rows : cursorY + 1);
    };
    return [terminal.onCursorMove(look), terminal.onLineFeed(look)];
  });
  // A program that positions text by row numbers requires all rows.
  const places = cast.events.some(([, code, data]) => code === 'o' && PLACED.test(data));
  return { screen, rows: places ? rows : Math.min(used, rows) };
}

/** The alternate screen, cursor positions with a row, scroll regions (xterm's ctlseqs). */
const PLACED = /\x1b\[(?:\?(?:47|1047|1049)h|\d{1,3};\d{1,3}[Hfr]|\d{1,3}d)/;
