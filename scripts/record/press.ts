import { readKeys } from '../../src/lesson/keys.ts';
import type { Wire } from './wire.ts';

/** ^C, ^Z and ^\ are signals: no program reads them. */
const SIGNALS = ['\x03', '\x1a', '\x1c'];
const ESCAPE = '\x1b';

/** After Escape, so that it and the next key are not read as Alt; in milliseconds, as all times here. */
const AFTER_ESCAPE = 80;
/**
 * Before and after a key that is a signal, if it is not the only one: it takes away what the terminal has yet to echo, two in
 * a row become one, and what a program prints about it takes its way through a container.
 */
const AROUND_SIGNALS = 300;
/** For a signal to be taken: a program can leave it pending for ever. */
const TAKEN = 5_000;

/**
 * Presses keys, in caret notation, one after another, until the session's prompt is back.
 * @returns how many bytes a program can have read of them
 */
export async function pressKeys(wire: Wire, keys: string): Promise<number> {
  let read = 0;
  let previous: string | undefined;
  for (const key of readKeys(keys)) {
    const pause = previous === undefined ? 0 : pauseBetween(previous, key);
    if (pause > 0)
      await wire.wait(() => wire.heard.status !== undefined, performance.now() + pause);
    if (SIGNALS.includes(key)) await wire.pressSignal(key, performance.now() + TAKEN);
    else {
      wire.press(key);
      read += Buffer.byteLength(key);
    }
    previous = key;
  }
  return read;
}

function pauseBetween(previous: string, key: string): number {
  if (SIGNALS.includes(previous) || SIGNALS.includes(key)) return AROUND_SIGNALS;
  return previous === ESCAPE ? AFTER_ESCAPE : 0;
}
