import { readFileSync } from 'node:fs';
import type { LabPipe, LabProcesses } from '../lab/index.ts';

/** A program that waits for the keyboard. */
export interface Waiter {
  readonly pid: number;
  /** Bytes it has read so far. */
  readonly read: number;
  readonly program: string;
}

/** What to look for: see look.pl. */
export interface Watch {
  /** Process id of the session's bash, in the lab. */
  readonly root: number;
  /** The program that was typed to, and how many bytes it must have read. */
  readonly typedTo?: { readonly pid: number; readonly need: number };
  /** Milliseconds before anything is decided. */
  readonly delay?: number;
  /** Width that the program's terminal must have, which may be one inside a container. */
  readonly cols?: number;
}

const SCRIPT = readFileSync(new URL('look.pl', import.meta.url), 'utf8');
const SCRIPT_IN_LAB = '/run/recorder/look.pl';
/** Puts the script ($1) in place and becomes it: each process that is started in a lab takes some 30 ms. */
const START = `mkdir -p \${0%/*} && printf %s "$1" > $0 && exec perl $0 "$2"`;

/** The resident look in the lab: tells when a program waits for the keyboard. */
export class Watcher {
  private readonly pipe: LabPipe;
  private buffered = '';
  private sequence = 0;
  private current = 0;
  private onFound: ((waiter: Waiter) => void) | undefined;
  /** Resolves with the reason when the script ends. */
  readonly died: Promise<string>;
  private complaint = '';

  private constructor(pipe: LabPipe) {
    this.pipe = pipe;
    pipe.stdout.on('data', (bytes: Buffer) => this.receive(bytes.toString()));
    pipe.stderr.on('data', (bytes: Buffer) => (this.complaint += bytes.toString()));
    pipe.stdin.on('error', () => undefined); // its end is told below
    this.died = pipe.exited.then(
      (status) => `status ${status}: ${this.complaint.trim()}`,
      (error: unknown) => String(error),
    );
  }

  static async start(tools: LabProcesses, nonce: string): Promise<Watcher> {
    return new Watcher(await tools.pipe(['sh', '-c', START, SCRIPT_IN_LAB, SCRIPT, nonce]));
  }

  /** Looks until a program waits; `found` is called again if its fence did not arrive. Returns the number that the fence will carry. */
  watch({ root, typedTo, delay = 0, cols = 0 }: Watch, found: (waiter: Waiter) => void): number {
    this.current = ++this.sequence;
    this.onFound = found;
    this.pipe.stdin.write(
      `wait ${this.current} ${root} ${typedTo?.pid ?? 0} ${typedTo?.need ?? 0} ${delay} ${cols}\n`,
    );
    return this.current;
  }

  /** Looks until no process has a signal of the keyboard left to take; `found` is called then. */
  watchSignals(found: () => void): void {
    this.current = ++this.sequence;
    this.onFound = found;
    this.pipe.stdin.write(`taken ${this.current}\n`);
  }

  stop(): void {
    this.onFound = undefined;
    this.current = 0;
    this.pipe.stdin.write('stop\n');
  }

  end(): void {
    this.onFound = undefined;
    this.pipe.stdin.end();
  }

  private receive(text: string): void {
    this.buffered += text;
    for (let end = this.buffered.indexOf('\n'); end >= 0; end = this.buffered.indexOf('\n')) {
      const [, id, pid, read, ...program] = this.buffered.slice(0, end).split(' ');
      this.buffered = this.buffered.slice(end + 1);
      if (Number(id) !== this.current) continue;
      this.onFound?.({ pid: Number(pid), read: Number(read), program: program.join(' ') });
    }
  }
}
