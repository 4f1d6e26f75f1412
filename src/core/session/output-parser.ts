import { DEFAULT_COLS, ROWS } from '../lesson/model.ts';
import { EchoReader } from './echo.ts';
import type { Mark, Piece } from './marks.ts';
import { ShellState } from './shell-state.ts';
import { Take } from './take.ts';

/** How readline begins to draw the last line of a prompt anew. */
const REDRAWN = '\r\x1b[K\r';

/** Sorts what comes from the session's terminal into prompts, echo and output for the take. No input or output of its own. */
export class OutputParser {
  /** The recording that the output goes to. */
  take = new Take(DEFAULT_COLS, ROWS);
  shell = new ShellState();
  /** The echo of the line's Enter was seen: a prompt that comes now is not one that bash drew anew. */
  entered = false;
  /** Process id of the session's bash, in the lab. */
  root = 0;
  /** The last fence that came: all that was printed before it is here. */
  fence = 0;

  /** Output that is not recorded: what bash draws anew when the terminal's width changes. */
  private muted: string | undefined;
  /** The prompt as printed, kept back until the next line is typed: it belongs to that line. */
  private prompt: string | undefined;
  private promptParts: string | undefined;
  private echo: EchoReader | undefined;

  /** From here on listens to what becomes of a line that is typed now. */
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

  /** Puts the prompt that was kept back on the screen. */
  showPrompt(): void {
    if (this.prompt === undefined) return;
    const { prompt } = this;
    this.prompt = undefined;
    this.take.output(prompt);
  }

  /** What comes from now on is output. */
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
   * Keeps what is drawn anew off the recording while the terminal's width is changed.
   * @param drawn bash's prompt or that of a program, which are on the screen already, or a whole screen, which is recorded
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
    const anew = this.prompt;
    this.prompt = prompt ?? anew;
    if (drawn !== 'prompt') return;
    const lastLine = prompt?.slice(prompt.lastIndexOf('\n') + 1) ?? '';
    const printed = muted.replaceAll(REDRAWN + lastLine, REDRAWN);
    if (printed.replaceAll(REDRAWN, '') === '') return;
    // A job in the background, or a trap, printed as well.
    this.readText(printed.replaceAll(REDRAWN, ''));
    if (printed.endsWith(REDRAWN)) this.prompt = anew;
  }

  /** What was taken for a prompt and is none after all is output. */
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
        this.fence = Math.max(this.fence, Number(value)); // logs of a container replay old ones
        break;
    }
    this.shell.read(mark);
  }
}
