import { sweepLater } from '../lab/sweep-later.ts';

/** ^C reaches a process from the terminal, and through npm and run.mjs once more: milliseconds in which it is the same one. */
const SAME = 1_000;

/** What to do about a mistake in the program, below what is known of it. */
export const REPORT_IT =
  '  to fix:   report it as an issue of this project, with the command and the lines above';

/** An exception that nothing expected: a mistake in this program. */
class Crash extends Error {}

/**
 * What ends a command before its time: SIGINT, SIGTERM and SIGHUP, and any exception that nothing has
 * caught. Whoever works listens to the signal, takes away what it has started, and ends with `endStatus`.
 * Who interrupts once more ends the process at once; what it has started is then taken away behind it.
 * @param print where to say what happens
 * @param onceMore the status with which it ends then, where that is not the one of `endStatus`
 */
export function onInterrupt(
  print: (text: string) => void,
  onceMore?: () => number | undefined,
): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  let since = 0;
  const abort = () => {
    if (signal.aborted) return;
    since = performance.now();
    print('interrupted: closing what is open (once more ends at once)');
    controller.abort(new Error('interrupted'));
  };
  const interrupt = () => {
    if (signal.aborted && performance.now() - since > SAME) {
      sweepLater();
      process.exit(onceMore?.() ?? endStatus(signal));
    }
    abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  // npm hands a signal to its shell only, which then leaves us alone.
  if (process.env['npm_lifecycle_event'] !== undefined) onLossOfParent(abort);
  let crashed = false;
  // Whatever status is set by then: a crash is no success.
  process.on('exit', (status) => {
    if (crashed && status === 0) process.exitCode = 1;
  });
  process.on('uncaughtException', (error) => {
    crashed = true;
    print(`this is a mistake in the program: ${error.stack ?? error.message}\n${REPORT_IT}`);
    controller.abort(new Crash('a mistake in the program', { cause: error }));
  });
  // A reader that has gone away (`| head`, a closed terminal) is no reason to leave anything behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return signal;
}

function onLossOfParent(lost: () => void): void {
  const { ppid } = process;
  const look = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(look);
    lost();
  }, 250);
  look.unref();
}

/** With which status a command ends whose signal was raised: 130 interrupted, 1 a mistake in the program. */
export function endStatus(signal: AbortSignal): 130 | 1 {
  return signal.reason instanceof Crash ? 1 : 130;
}
