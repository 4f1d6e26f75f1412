import type { Report } from '../lab/index.ts';

/** Where progress goes: stderr, so that a summary on stdout stays clean. */
const stream = process.stderr;

export interface Progress {
  /** What is being done now: one line that is overwritten on a terminal, a line of its own in CI. */
  readonly report: Report;
  /** Something that stays, such as a failure. */
  readonly print: (text: string) => void;
  /** Takes the passing line away. */
  readonly done: () => void;
}

/** Shows progress on stderr. */
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
