import * as headless from '@xterm/headless';
import * as unicode from '@xterm/addon-unicode11';
import type { IDisposable, Terminal as Xterm } from '@xterm/headless';
import type { Cast } from './cast.ts';
import { readScreen } from './cells.ts';
import { exportsOf } from './exports.ts';
import type { Screen } from './screen.ts';

const { Terminal } = exportsOf(headless);
const { Unicode11Addon } = exportsOf(unicode);

/** Lines of scrollback that a terminal has at first, and once it was given more characters than that. */
const FIRST_SCROLLBACK = 5000;
export const SCROLLBACK = 250_000;

/** A terminal model without a window: the recorder's while it records, the site's when it reads a cast. */
export function createTerminal(cols: number, rows: number): Xterm {
  const terminal = new Terminal({
    cols,
    rows,
    scrollback: FIRST_SCROLLBACK,
    logLevel: 'off', // it would tell the console about every broken sequence
    allowProposedApi: true,
  });
  // Widths of Unicode 11 are what the player and most readers' terminals use; xterm's default is Unicode 6.
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  growWhenNeeded(terminal);
  return terminal;
}

/** xterm makes room for all of its scrollback at once, which takes milliseconds: few steps need as much. */
function growWhenNeeded(terminal: Xterm): void {
  const write = terminal.write.bind(terminal);
  let written = 0;
  terminal.write = (data, drawn) => {
    written = data === RESET ? 0 : written + data.length;
    // A character makes one line at most.
    if (written > FIRST_SCROLLBACK && terminal.options.scrollback !== SCROLLBACK)
      terminal.options.scrollback = SCROLLBACK;
    write(data, drawn);
  };
}

/** Resolves when all that was written to the terminal is on its screen. */
export function flushed(terminal: Xterm): Promise<void> {
  return new Promise((resolve) => terminal.write('', resolve));
}

/** Terminals that have nothing to show now, by their size: to make one takes longer than most casts. */
const idle = new Map<string, Xterm[]>();

/** RIS puts all back to what it was at first, and ends a sequence that was never completed (xterm's ctlseqs). */
const RESET = '\x1bc';

/**
 * Plays a cast to its end at once and returns what the terminal then shows.
 * @param watch sees the terminal before anything is written to it; what it returns is disposed of at the end
 */
export async function replay(
  cast: Cast,
  watch?: (terminal: Xterm) => readonly IDisposable[],
): Promise<Screen> {
  const { cols, rows } = cast.header.term;
  const size = `${cols}x${rows}`;
  const terminal = idle.get(size)?.pop() ?? createTerminal(cols, rows);
  const watching = watch?.(terminal) ?? [];
  for (const [, code, data] of cast.events) if (code === 'o') terminal.write(data);
  await flushed(terminal);
  const screen = readScreen(terminal);
  for (const watched of watching) watched.dispose();
  // One that needed a large scrollback would keep its memory.
  if (terminal.options.scrollback === FIRST_SCROLLBACK) {
    terminal.write(RESET, () => idle.set(size, [...(idle.get(size) ?? []), terminal]));
  } else terminal.dispose();
  return screen;
}
