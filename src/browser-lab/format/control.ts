/**
 * The hidden line to a shell in the browser lab, by which the page does what the reader does not type: tell the terminal's size,
 * set the clock, write the files of a lesson. That shell shows no prompt and no echo. A request is one line; the answer is what its command
 * prints, and ends with a record separator and the command's status.
 */
export interface ControlAnswer {
  readonly output: string;
  readonly status: number;
}

const END = '\x1e';

/**
 * What to type for a command of the shell.
 * @param command one line, or several joined by newlines inside quotes or braces; it must be complete
 */
export function controlRequest(command: string): string {
  return `{ ${command}\n} </dev/null 2>&1; printf '\\036%s\\n' $?\n`;
}

/** Takes answers out of what comes from the line, in the order of the requests. */
export class ControlReader {
  private pending = '';

  read(text: string): ControlAnswer[] {
    this.pending += text.replaceAll('\r\n', '\n');
    const answers: ControlAnswer[] = [];
    for (;;) {
      const match = new RegExp(`${END}(\\d+)\\n`).exec(this.pending);
      if (match === null) return answers;
      answers.push({ output: this.pending.slice(0, match.index), status: Number(match[1]) });
      this.pending = this.pending.slice(match.index + match[0].length);
    }
  }
}

/** Tells the reader's terminal its size, so that programs in it draw anew. */
export function resizeCommand(cols: number, rows: number): string {
  return `stty -F /dev/ttyS0 cols ${cols} rows ${rows}`;
}

/** Characters of a file that one request holds: the line takes at most 4,095 (Linux, N_TTY_BUF_SIZE). */
const PIECE = 2000;

/**
 * Commands, to be run one after another, that write a file and make the folders above it.
 * @param target absolute path
 */
export function fileCommands(target: string, text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const pieces = packed.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? [];
  const quoted = `'${target.replaceAll("'", `'\\''`)}'`;
  return [
    `mkdir -p "$(dirname ${quoted})"; : > /tmp/.file`,
    ...pieces.map((piece) => `printf %s ${piece} >> /tmp/.file`),
    `base64 -d /tmp/.file > ${quoted}; rm /tmp/.file`,
  ];
}
