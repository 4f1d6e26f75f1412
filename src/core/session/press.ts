import { readKeys } from '../lesson/keys.ts';
import { byteLength, type Wire } from './wire.ts';

/** ^C, ^Z and ^\ are signals: no program reads them. */
const SIGNALS = ['\x03', '\x1a', '\x1c'];
const ESCAPE = '\x1b';

/** After Escape, so that it and the next key are not read as Alt; in milliseconds, as all times here. */
const AFTER_ESCAPE = 80;
/**
 * So long nothing comes before and after a key that is a signal, if it is not the only one: it takes away what the terminal
 * has yet to echo, two in a row become one, and what a program prints about it takes its way through a container.
 */
const AROUND_SIGNALS = 400;
/** For that silence: a program may print all the time. */
const SILENT = 5_000;
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
