import { MarkReader } from './marks.ts';
import { ShellState } from './shell-state.ts';

/** A command that was typed, with its output and status. */
export interface TypedCommand {
  readonly output: string;
  readonly exit: number;
}

/**
 * Tracks a bash by the marks in its output, independently of its input: whether it waits for a
 * command, and what each command printed.
 */
export class CommandReader {
  /** Called when bash waits for a command again, with the command that has ended, if any. */
  onPrompt: (command: TypedCommand | undefined) => void = () => undefined;

  private readonly nonce: string;
  private marks: MarkReader;
  private state = new ShellState();
  private decoder = new TextDecoder();
  private output: string | undefined;
  /** Output of the command that has ended, without the prompt after it. */
  private ended: string | undefined;

  /** @param nonce of the marks */
  constructor(nonce: string) {
    this.nonce = nonce;
    this.marks = new MarkReader(nonce);
  }

  /** Resets the state, because the machine was restarted. */
  restart(): void {
    this.marks = new MarkReader(this.nonce);
    this.state = new ShellState();
    this.decoder = new TextDecoder();
    this.output = this.ended = undefined;
  }

  /** Whether bash waits for a command. */
  get atPrompt(): boolean {
    return this.state.status !== undefined;
  }

  receive(bytes: Uint8Array): void {
    this.read(this.decoder.decode(bytes, { stream: true }));
  }

  /** @returns the text without marks, except a final part that may be the start of one */
  read(text: string): string {
    let plain = '';
    for (const piece of this.marks.read(text)) {
      if ('text' in piece) {
        plain += piece.text;
        if (this.output !== undefined) this.output += piece.text;
        continue;
      }
      const { kind } = piece.mark;
      this.state.read(piece.mark);
      if (kind === 'C') this.output = '';
      else if (kind === 'A') this.ended = this.output;
      else if (kind === 'B') {
        const { ended } = this;
        const { status = 0 } = this.state;
        this.output = this.ended = undefined;
        this.onPrompt(ended === undefined ? undefined : { output: ended, exit: status });
      }
    }
    return plain;
  }
}
