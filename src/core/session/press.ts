import { readKeys } from '../lesson/keys.ts';
import { byteLength, type Wire } from './wire.ts';

/** ^C, ^Z and ^\ are signals, which no program reads. */
const SIGNALS = ['\x03', '\x1a', '\x1c'];
const ESCAPE = '\x1b';

/**
 * Pause after Escape, so that it and the next key are not read as Alt. All times are in
 * milliseconds.
 */
const AFTER_ESCAPE = 80;
/**
 * Silence required between a signal key and another key. A signal discards what the terminal has
 * not yet echoed, two in a row may become one, and the output of a container is delayed.
 */
const AROUND_SIGNALS = 400;
/** Time limit for that silence, because a program may print all the time. */
const SILENT = 5_000;
/** Time limit for the delivery of a signal, which a program can leave pending forever. */
const TAKEN = 5_000;

/**
 * Presses keys, given in caret notation, one after another.
 * @returns how many bytes of them a program can have read
 */
export async function pressKeys(wire: Wire, keys: string): Promise<number> {
  let read = 0;
  let previous: string | undefined;
  for (const key of readKeys(keys)) {
    if (previous !== undefined && [previous, key].some((one) => SIGNALS.includes(one)))
      await wire.silence(AROUND_SIGNALS, performance.now() + SILENT);
    else if (previous === ESCAPE)
      await wire.wait(() => wire.shell.status !== undefined, performance.now() + AFTER_ESCAPE);
    if (SIGNALS.includes(key)) await wire.pressSignal(key, performance.now() + TAKEN);
    else {
      wire.press(key);
      read += byteLength(key);
    }
    previous = key;
  }
  return read;
}
