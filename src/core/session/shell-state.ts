import type { Mark } from './marks.ts';

/** State of the session's bash according to its marks since the last line was typed. */
export class ShellState {
  /** bash accepted the line and runs it. */
  accepted = false;
  /** bash waits for a continuation line. */
  continues = false;
  /** Status of the command, once the prompt is back. */
  status: number | undefined;

  read({ kind, value }: Mark): void {
    if (kind === 'B') this.status = Number(value);
    else if (kind === '2') this.continues = true;
    else if (kind === 'C') {
      this.accepted = true;
      this.status = undefined;
    }
  }
}
