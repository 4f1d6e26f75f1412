import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnv } from '../../scripts/tools/fixtures/project.ts';
import { shellStatus } from './status.ts';

/** A command, such as an npm script, in a process group of its own, as a terminal starts it. */
export class NpmScript {
  output = '';
  private readonly child: ChildProcess;

  constructor(
    cwd: string,
    [program = '', ...args]: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ) {
    this.child = spawn(program, args, {
      cwd,
      env: cleanEnv({ CI: 'true', ...env }),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
  }

  /** Number of its process group. */
  get group(): number {
    if (this.child.pid === undefined) throw new Error('npm could not be started');
    return this.child.pid;
  }

  /** Waits, for so many seconds at most, until something is reached; the error shows the output. */
  async until(
    reached: () => boolean | Promise<boolean>,
    seconds: number,
    what: string,
  ): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!(await reached())) {
      if (performance.now() > end)
        throw new Error(`${what} did not come; the output was\n${this.output}`);
      await sleep(100);
    }
  }

  /**
   * With which status it ended, as a shell tells it: 128 and more if a signal ended npm itself;
   * null as long as it runs.
   */
  get status(): number | null {
    return shellStatus(this.child.exitCode, this.child.signalCode);
  }

  says(text: string, seconds: number): Promise<void> {
    return this.until(() => this.output.includes(text), seconds, text);
  }

  async ended(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null)
      await once(this.child, 'close');
  }

  /** Ctrl-C: the terminal sends the signal to the whole group. */
  press(): void {
    process.kill(-this.group, 'SIGINT');
  }

  /** Ctrl-C; resolves when all of it is gone. */
  async interrupt(): Promise<void> {
    this.press();
    await this.until(() => !this.isAlive, 30, 'the end of the process group');
  }

  kill(): void {
    if (this.isAlive) process.kill(-this.group, 'SIGKILL');
  }

  /** Whether a process of the group runs. */
  get isAlive(): boolean {
    try {
      return process.kill(-this.group, 0);
    } catch {
      return false;
    }
  }
}
