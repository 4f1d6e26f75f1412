import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A step of the build failed; `log` is the end of its output. */
export class BuildError extends Error {
  readonly log: string;

  constructor(message: string, log = '') {
    super(message);
    this.name = 'BuildError';
    this.log = log;
  }
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called with each line that the program prints. */
  readonly line?: (line: string) => void;
}

/**
 * Runs a program to its end. If the signal is aborted, ends it and its child processes.
 * @returns what it printed, on stdout and stderr
 * @throws {BuildError} if it ends with another status than 0
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd, env, signal, line }: RunOptions,
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, LC_ALL: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group, so that its child processes end with it.
    detached: true,
  });
  const stop = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It has just ended.
    }
  };
  signal.addEventListener('abort', stop);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const one of text.split('\n')) if (one !== '') line?.(one);
    });
  try {
    const [status] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    if (status === 0) return output;
    throw new BuildError(
      `${[program, ...args].join(' ')} ended with ${status ?? 'a signal'}`,
      output.split('\n').slice(-25).join('\n'),
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
