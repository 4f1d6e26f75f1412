import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Ended {
  /** From the start of the process to its end. */
  readonly milliseconds: number;
  readonly stderr: string;
  /** Peak memory in MB; 0 where Linux's proc(5) is missing. */
  readonly memory: number;
}

export interface Options {
  readonly input?: string;
  /** Working directory; that of this process if absent. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit statuses that are no error; 0 if absent. */
  readonly allowed?: readonly number[];
  readonly signal?: AbortSignal;
  /** Measure its memory every 100 ms. */
  readonly watchMemory?: boolean;
}

/**
 * Runs a program to its end, without a terminal.
 * @throws {Error} with its output, if it ends with a status that is not allowed
 */
export function run(
  [program = '', ...args]: readonly string[],
  { input, cwd, env, allowed = [0], signal, watchMemory = false }: Options = {},
): Promise<Ended> {
  const from = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const interrupt = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', interrupt, { once: true });
  let [stdout, stderr, memory] = ['', '', 0];
  child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  child.stdin?.end(input);
  const look = () => (memory = Math.max(memory, peakMemory(child.pid)));
  const looking = watchMemory ? setInterval(look, 100) : undefined;
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const milliseconds = performance.now() - from;
      clearInterval(looking);
      signal?.removeEventListener('abort', interrupt);
      if (status !== null && allowed.includes(status)) resolve({ milliseconds, stderr, memory });
      else
        reject(
          new Error(
            `${program} ${args.join(' ')} ended with ${status ?? 'a signal'}\n${stdout}${stderr}`,
          ),
        );
    });
  });
}

/** VmHWM of proc_pid_status(5), in MB. */
function peakMemory(pid: number | undefined): number {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'));
    return Number(kilobytes?.[1] ?? 0) / 1000;
  } catch {
    return 0; // it has ended, or this is not Linux
  }
}
