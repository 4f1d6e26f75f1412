import { sweepLater } from '../lab/sweep-later.ts';

/**
 * A single ^C arrives twice: from the terminal, and through npm and run.mjs. A second signal within
 * this time, in milliseconds, counts as the same interrupt.
 */
const SAME_INTERRUPT_MS = 1_000;

/** The fix that is printed below the description of a bug in the program. */
export const REPORT_IT =
  '  to fix:   open an issue in this project, with the command and the lines above';

/** An uncaught exception: a bug in this program. */
class Crash extends Error {}

/**
 * Turns SIGINT, SIGTERM, SIGHUP and uncaught exceptions into an abort signal. A command that gets
 * the signal cleans up what it has started and exits with `endStatus`. A second interrupt ends the
 * process immediately; a background process then cleans up.
 * @param print prints what happens
 * @param secondInterruptStatus the exit status after a second interrupt, if not that of `endStatus`
 */
export function onInterrupt(
  print: (text: string) => void,
  secondInterruptStatus?: () => number | undefined,
): AbortSignal {
  const controller = new AbortController();
  const { signal } = controller;
  let since = 0;
  const abort = () => {
    if (signal.aborted) return;
    since = performance.now();
    print('interrupted: cleaning up (interrupt again to end immediately)');
    controller.abort(new Error('interrupted'));
  };
  const interrupt = () => {
    if (signal.aborted && performance.now() - since > SAME_INTERRUPT_MS) {
      sweepLater();
      process.exit(secondInterruptStatus?.() ?? endStatus(signal));
    }
    abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  // npm passes a signal only to its shell, which then exits without passing it on.
  if (process.env['npm_lifecycle_event'] !== undefined) onLossOfParent(abort);
  let crashed = false;
  // A crash is never a success, whatever status was set.
  process.on('exit', (status) => {
    if (crashed && status === 0) process.exitCode = 1;
  });
  process.on('uncaughtException', (error) => {
    crashed = true;
    print(`this is a bug in the program: ${error.stack ?? error.message}\n${REPORT_IT}`);
    controller.abort(new Crash('a bug in the program', { cause: error }));
  });
  // If nothing reads the output any more (`| head`, a closed terminal), still clean up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return signal;
}

function onLossOfParent(lost: () => void): void {
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    lost();
  }, 250);
  timer.unref();
}

/** The exit status of a command whose signal was aborted: 130 if interrupted, 1 after a bug. */
export function endStatus(signal: AbortSignal): 130 | 1 {
  return signal.reason instanceof Crash ? 1 : 130;
}
