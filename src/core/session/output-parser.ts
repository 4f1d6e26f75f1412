import { DEFAULT_COLS, ROWS } from '../lesson/model.ts';
import { EchoReader } from './echo.ts';
import type { Mark, Piece } from './marks.ts';
import { ShellState } from './shell-state.ts';
import { Take } from './take.ts';

/** Start of a redraw of the last line of a prompt by readline. */
const REDRAWN = '\r\x1b[K\r';

/** Separates prompts, echo and output of the session's terminal for the take. Does no I/O. */
export class OutputParser {
  /** The recording that receives the output. */
  take = new Take(DEFAULT_COLS, ROWS);
  shell = new ShellState();
  /** Whether the Enter of the line was echoed; if so, the next prompt is not a redrawn one. */
  entered = false;
  /** Process id of the session's bash, in the lab. */
  root = 0;
  /** Number of the last fence received; all output before it has been received as well. */
  fence = 0;

  /** Output that is not recorded: what bash redraws when the width of the terminal changes. */
  private muted: string | undefined;
  /** The prompt as printed. It belongs to the next line and is held back until that is typed. */
  private prompt: string | undefined;
  private promptParts: string | undefined;
  private echo: EchoReader | undefined;

  /** Prepares for the echo and the effect of the next line. */
  beginLine(line: string): void {
    this.shell = new ShellState();
    this.entered = false;
    this.echo = new EchoReader(line);
    this.take.beginLine();
  }

  read(piece: Piece): void {
    if ('mark' in piece) this.readMark(piece.mark);
    else this.readText(piece.text);
  }

  /** Draws the prompt that was held back. */
  showPrompt(): void {
    if (this.prompt === undefined) return;
    const { prompt } = this;
    this.prompt = undefined;
    this.take.output(prompt);
  }

  /** Treats everything from now on as output. */
  endEcho(): void {
    if (this.echo === undefined) return;
    const { echo } = this;
    const held = echo.finish();
    this.echo = undefined;
    this.entered = echo.entered;
    this.take.endLine(echo);
    if (held !== '') this.take.output(held);
  }

  /**
   * Changes the width of the terminal without recording what is redrawn.
   * @param drawn the prompt of bash or of a program, which is on the screen already, or a whole
   * screen, which is recorded
   */
  async whileRedrawn(
    drawn: 'prompt' | 'program' | 'screen',
    change: () => Promise<void>,
  ): Promise<void> {
    const { prompt } = this;
    this.muted = drawn === 'screen' ? undefined : '';
    await change();
    const muted = this.muted ?? '';
    this.muted = undefined;
    const redrawn = this.prompt;
    this.prompt = prompt ?? redrawn;
    if (drawn !== 'prompt') return;
    const lastLine = prompt?.slice(prompt.lastIndexOf('\n') + 1) ?? '';
    const printed = muted.replaceAll(REDRAWN + lastLine, REDRAWN);
    if (printed.replaceAll(REDRAWN, '') === '') return;
    // A background job or a trap has printed something.
    this.readText(printed.replaceAll(REDRAWN, ''));
    if (printed.endsWith(REDRAWN)) this.prompt = redrawn;
  }

  /** Treats what looked like the start of a prompt as output. */
  private giveUpPrompt(): void {
    const parts = this.promptParts;
    this.promptParts = undefined;
    if (parts !== undefined) this.readText(parts);
  }

  private readText(text: string): void {
    if (this.promptParts !== undefined) this.promptParts += text;
    else if (this.muted !== undefined) this.muted += text;
    else if (this.echo !== undefined) {
      const { echo, rest } = this.echo.read(text);
      if (echo !== '') this.take.typing(echo);
      if (this.echo.done) this.endEcho();
      if (rest !== '') this.take.output(rest);
    } else {
      this.showPrompt();
      this.take.output(text);
    }
  }

  private readMark(mark: Mark): void {
    const { kind, value } = mark;
    switch (kind) {
      case 'P':
        this.root = Number(value);
        break;
      case 'A':
        this.endEcho();
        this.giveUpPrompt();
        this.promptParts = '';
        break;
      case 'B':
        this.prompt = this.promptParts;
        this.promptParts = undefined;
        break;
      case '2':
        this.endEcho();
        break;
      case 'C':
        this.endEcho();
        this.take.accepted();
        break;
      case 'F':
        this.giveUpPrompt();
        this.fence = Math.max(this.fence, Number(value)); // container logs replay old ones
        break;
    }
    this.shell.read(mark);
  }
}
