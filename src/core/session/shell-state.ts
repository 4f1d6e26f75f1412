import type { Mark } from './marks.ts';

/** How the session's bash stands, by what its marks have said since the last line was typed. */
export class ShellState {
  /** bash took the line and runs it. */
  accepted = false;
  /** bash waits for a continuation line. */
  continues = false;
  /** The prompt is back; the status of the command before it. */
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
