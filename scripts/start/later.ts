import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Progress } from '../command/progress.ts';

const PROGRAM = fileURLToPath(new URL('background.ts', import.meta.url));

/** The lowest priority. On Linux, access to the disk then also has the lowest priority. */
const LOW_PRIORITY = process.platform === 'win32' ? [] : ['nice', '-n', '19'];

/** What remains to be made for a site that is already being served. */
export interface Later {
  /** Folder of the project. */
  readonly root: string;
  /** Hash of the sources of the downloads. */
  readonly key: string;
  /** The downloads that are missing. */
  readonly formats: readonly string[];
  /** Whether the site was built with a browser lab. */
  readonly hasLab: boolean;
}

/** What the background process says. */
export type Said =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'line'; readonly text: string };

/**
 * Makes the rest in a background process at low priority. Ends it, and waits until it has cleaned
 * up, when the signal is aborted.
 */
export async function makeLater(
  later: Later,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const [program = '', ...args] = [
    ...LOW_PRIORITY,
    ...[process.execPath, ...process.execArgv, PROGRAM, JSON.stringify(later)],
  ];
  const child = spawn(program, args, {
    cwd: later.root,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A ^C reaches only this process, which then ends the other one in an orderly way.
    detached: true,
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.on('message', (said: Said) => {
    if (said.kind === 'progress') progress.report(said.text);
    else progress.print(said.text);
  });
  // The background process ends when it loses the connection to this one.
  const stop = () => child.connected && child.disconnect();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const status = await ended(child);
  signal.removeEventListener('abort', stop);
  progress.done();
  if (status !== 0 && !signal.aborted)
    progress.print(
      `The process in the background ended with ${status ?? 'a signal'}, before it was done\n${errors}`.trim(),
    );
}

async function ended(child: ChildProcess): Promise<number | null> {
  // `close` does not follow if this process has closed the connection.
  const [status] = (await once(child, 'exit')) as [number | null];
  return status;
}
