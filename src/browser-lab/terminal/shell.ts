import { MarkReader } from '../../core/session/marks.ts';

/** A command that the reader typed: what it printed, and its status. */
export interface TypedCommand {
  readonly output: string;
  readonly exit: number;
}

/** Follows the reader's bash by the marks in its output: whether it waits for a command, and what each one printed. */
export class Shell {
  /** Whether bash waits for a command. */
  atPrompt = false;
  /** Called when bash waits for a command again; with the command that has ended, if one has. */
  onPrompt: (command: TypedCommand | undefined) => void = () => undefined;

  private readonly nonce: string;
  private marks: MarkReader;
  private decoder = new TextDecoder();
  private output: string | undefined;
  /** Output of the command that has ended, without the prompt after it. */
  private ended: string | undefined;

  /** @param nonce of the marks */
  constructor(nonce: string) {
    this.nonce = nonce;
    this.marks = new MarkReader(nonce);
  }

  /** The machine begins anew. */
  restart(): void {
    this.marks = new MarkReader(this.nonce);
    this.decoder = new TextDecoder();
    this.output = this.ended = undefined;
    this.atPrompt = false;
  }

  receive(bytes: Uint8Array): void {
    for (const piece of this.marks.read(this.decoder.decode(bytes, { stream: true }))) {
      if ('text' in piece) {
        if (this.output !== undefined) this.output += piece.text;
        continue;
      }
      const { kind, value } = piece.mark;
      if (kind === 'C') {
        this.output = '';
        this.atPrompt = false;
      } else if (kind === 'A') this.ended = this.output;
      else if (kind === 'B') {
        const { ended } = this;
        this.output = this.ended = undefined;
        this.atPrompt = true;
        this.onPrompt(ended === undefined ? undefined : { output: ended, exit: Number(value) });
      }
    }
  }
}
