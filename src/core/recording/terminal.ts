import * as headless from '@xterm/headless';
import * as unicode from '@xterm/addon-unicode11';
import type { IDisposable, Terminal as Xterm } from '@xterm/headless';
import type { Cast } from './cast.ts';
import { readScreen } from './cells.ts';
import { exportsOf } from './exports.ts';
import type { Screen } from './screen.ts';

const { Terminal } = exportsOf(headless);
const { Unicode11Addon } = exportsOf(unicode);

/** Lines of scrollback of a new terminal, and of one that was sent more characters than that. */
const FIRST_SCROLLBACK = 5000;
export const SCROLLBACK = 250_000;

/** Creates a headless terminal, which the recorder uses to record and the site to read casts. */
export function createTerminal(cols: number, rows: number): Xterm {
  const terminal = new Terminal({
    cols,
    rows,
    scrollback: FIRST_SCROLLBACK,
    logLevel: 'off', // it would log every invalid sequence to the console
    allowProposedApi: true,
  });
  // The player and most readers' terminals use the widths of Unicode 11; xterm's default is 6.
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  growWhenNeeded(terminal);
  return terminal;
}

/**
 * xterm allocates all of its scrollback at once, which takes milliseconds; few steps need as much.
 */
function growWhenNeeded(terminal: Xterm): void {
  const write = terminal.write.bind(terminal);
  let written = 0;
  terminal.write = (data, drawn) => {
    written = data === RESET ? 0 : written + data.length;
    // Each character adds at most one line.
    if (written > FIRST_SCROLLBACK && terminal.options.scrollback !== SCROLLBACK)
      terminal.options.scrollback = SCROLLBACK;
    write(data, drawn);
  };
}

/** Resolves when everything written to the terminal is on its screen. */
export function flushed(terminal: Xterm): Promise<void> {
  return new Promise((resolve) => terminal.write('', resolve));
}

/** Idle terminals, by size: creating one takes longer than replaying most casts. */
const idle = new Map<string, Xterm[]>();

/** RIS resets the terminal completely, and also ends an incomplete sequence (xterm's ctlseqs). */
const RESET = '\x1bc';

/**
 * Plays a cast to its end without delays and returns the resulting screen.
 * @param watch receives the terminal before anything is written to it; what it returns is disposed
 *   of at the end
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
  // A terminal with a large scrollback is not reused, since it would keep its memory.
  if (terminal.options.scrollback === FIRST_SCROLLBACK) {
    terminal.write(RESET, () => idle.set(size, [...(idle.get(size) ?? []), terminal]));
  } else terminal.dispose();
  return screen;
}
