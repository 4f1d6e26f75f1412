import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ControlAnswer,
  ControlReader,
  controlRequest,
} from '../../src/browser-lab/format/control.ts';
import { CommandReader, type TypedCommand } from '../../src/core/session/command-reader.ts';
import type { Emulator } from './emulator.ts';
import { BuildError } from './run.ts';

/** Result of a command in the reader's shell. */
export interface CommandResult {
  /** What the terminal received after the typed line, without marks and the next prompt. */
  readonly output: string;
  readonly status: number;
  /** From Enter to the next prompt. */
  readonly milliseconds: number;
}

/** The two shells of a running browser lab: the reader's and the hidden one. */
export class Console {
  private readonly emulator: Emulator;
  private readonly reader: CommandReader;
  private readonly control = new ControlReader();
  private readonly answers: ((answer: ControlAnswer) => void)[] = [];
  /** What the reader's terminal received since the last line was typed. */
  private output = '';
  private panicked = false;
  /** The command that has ended since a line was typed. */
  private ended: TypedCommand | undefined;

  /** @param nonce of the marks in the output of the reader's shell */
  constructor(emulator: Emulator, nonce: string) {
    this.emulator = emulator;
    this.reader = new CommandReader(nonce);
    // If bash only prints its prompt again, `command` is undefined.
    this.reader.onPrompt = (command) => (this.ended ??= command);
    emulator.on('serial', (line, text) => {
      if (line === 0) this.receive(text);
      if (line === 1) for (const answer of this.control.read(text)) this.answers.shift()?.(answer);
    });
  }

  /**
   * Runs a command in the hidden shell.
   * @param limit in milliseconds
   * @throws {BuildError} if the command does not end in time
   */
  async ask(command: string, limit = 60_000): Promise<ControlAnswer> {
    const answered = new Promise<ControlAnswer>((resolve) => this.answers.push(resolve));
    await this.emulator.send(1, controlRequest(command));
    return withinLimit(answered, limit, () => `the hidden shell did not answer: ${command}`);
  }

  /**
   * Types a line with a command into the reader's shell and waits for the next prompt.
   * @param limit in milliseconds
   * @throws {BuildError} if the prompt does not come in time
   */
  async command(line: string, limit = 60_000): Promise<CommandResult> {
    const start = performance.now();
    this.output = '';
    this.ended = undefined;
    await this.emulator.send(0, `${line}\r`);
    const { output, exit } = await this.arrival(() => this.ended, limit, line);
    return { output, status: exit, milliseconds: performance.now() - start };
  }

  /**
   * Waits for both shells of a booting machine. The hidden one then sends an answer without a
   * request.
   * @param limit in milliseconds, for each shell
   * @throws {BuildError} if the kernel panics, or if a shell is not ready in time
   */
  async boot(limit: number): Promise<void> {
    const started = new Promise((resolve) => this.answers.push(resolve));
    const ready = () => this.reader.atPrompt || undefined;
    await this.arrival(ready, limit, 'the start of the machine');
    await withinLimit(started, limit, () => 'the hidden shell did not start');
  }

  /** Waits until a function that depends on the output of the reader's shell returns a value. */
  private async arrival<T>(arrived: () => T | undefined, limit: number, line: string): Promise<T> {
    const deadline = performance.now() + limit;
    for (;;) {
      const found = arrived();
      if (found !== undefined) return found;
      if (this.panicked) throw new BuildError("the machine's kernel panicked", this.output);
      if (performance.now() > deadline)
        throw new BuildError(
          `the reader's shell gave no prompt within ${limit / 1000} s after: ${line}`,
          this.output,
        );
      await sleep(5);
    }
  }

  private receive(text: string): void {
    this.output += this.reader.read(text);
    if (this.output.includes('Kernel panic')) this.panicked = true;
  }
}

async function withinLimit<T>(
  work: Promise<T>,
  limit: number,
  otherwise: () => string,
): Promise<T> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      work,
      sleep(limit, undefined, { signal: timer.signal }).then(() => {
        throw new BuildError(otherwise());
      }),
    ]);
  } finally {
    timer.abort();
  }
}
