import type { OnProgress } from '../lab/index.ts';

/** Progress goes to stderr, so that stdout holds only the summary. */
const stream = process.stderr;

export interface Progress {
  /** Shows the current activity: an overwritten line on a terminal, a separate line in CI. */
  readonly report: OnProgress;
  /** Prints a text that stays, such as a failure. */
  readonly print: (text: string) => void;
  /** Clears the line of the current activity. */
  readonly done: () => void;
}

export function startProgress(): Progress {
  const live = stream.isTTY && process.env['CI'] === undefined;
  const clear = () => {
    if (live) stream.write('\r\x1b[K');
  };
  return {
    report(message) {
      if (live) stream.write(`\r\x1b[K${message.slice(0, Math.max(20, stream.columns - 1))}`);
      else stream.write(`${message}\n`);
    },
    print(text) {
      clear();
      stream.write(`${text}\n`);
    },
    done: clear,
  };
}
