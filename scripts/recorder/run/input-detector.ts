import { readFileSync } from 'node:fs';
import type { InputDetector, WaitingProgram, InputQuery } from '../../../src/core/session/model.ts';
import { LabError, type LabPipe, type LabProcesses } from '../../lab/index.ts';

const SCRIPT = readFileSync(new URL('input-detector.pl', import.meta.url), 'utf8');
const SCRIPT_IN_LAB = '/run/recorder/input-detector.pl';
/**
 * Puts the script ($1) in place and becomes it: each process that is started in a lab takes some 30
 * ms.
 */
const START = `mkdir -p \${0%/*} && printf %s "$1" > $0 && exec perl $0 "$2"`;

/** A resident process in the lab that tells when a program waits for the keyboard. */
export class LabInputDetector implements InputDetector {
  private readonly pipe: LabPipe;
  private buffered = '';
  private sequence = 0;
  private current = 0;
  private onFound: ((waiter: WaitingProgram) => void) | undefined;
  readonly failed: Promise<Error>;
  private complaint = '';

  private constructor(pipe: LabPipe) {
    this.pipe = pipe;
    pipe.stdout.on('data', (bytes: Buffer) => this.receive(bytes.toString()));
    pipe.stderr.on('data', (bytes: Buffer) => (this.complaint += bytes.toString()));
    pipe.stdin.on('error', () => undefined); // `failed` reports its end
    this.failed = pipe.exited
      .then(
        (status) => `status ${status}: ${this.complaint.trim()}`,
        (error: unknown) => String(error),
      )
      .then(
        (why) =>
          new LabError(
            `input-detector.pl ended in the lab, ${why}`,
            'the lab needs perl and a readable /proc/PID/syscall',
          ),
      );
  }

  static async start(tools: LabProcesses, nonce: string): Promise<LabInputDetector> {
    return new LabInputDetector(
      await tools.pipe(['sh', '-c', START, SCRIPT_IN_LAB, SCRIPT, nonce]),
    );
  }

  detect(
    { root, typedTo, delay = 0, cols = 0 }: InputQuery,
    found: (waiter: WaitingProgram) => void,
  ): number {
    this.current = ++this.sequence;
    this.onFound = found;
    this.pipe.stdin.write(
      `wait ${this.current} ${root} ${typedTo?.pid ?? 0} ${typedTo?.need ?? 0} ${delay} ${cols}\n`,
    );
    return this.current;
  }

  awaitSignals(found: () => void): void {
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
