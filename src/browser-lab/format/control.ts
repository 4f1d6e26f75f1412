import { withTag } from '../../core/lesson/image-name.ts';

/**
 * The hidden serial line to a shell in the browser lab, through which the page does what the reader
 * does not type: set the terminal size and the clock, write the files of a lesson. That shell has
 * neither prompt nor echo. A request is one command; the answer is the command's output, followed
 * by a record separator and the command's status.
 */
export interface ControlAnswer {
  readonly output: string;
  readonly status: number;
}

const END = '\x1e';

/**
 * The input that runs a command in the hidden shell.
 * @param command a complete command, which may span several lines
 */
export function controlRequest(command: string): string {
  return `{ ${command}\n} </dev/null 2>&1; printf '\\036%s\\n' $?\n`;
}

/** Extracts answers from the output of the line, in the order of the requests. */
export class ControlReader {
  /** What follows the last answer. A long output is joined only when its end has arrived. */
  private pieces: string[] = [];
  private hasEnd = false;

  read(text: string): ControlAnswer[] {
    this.pieces.push(text.replaceAll('\r\n', '\n'));
    this.hasEnd ||= text.includes(END);
    if (!this.hasEnd) return [];
    let pending = this.pieces.join('');
    const answers: ControlAnswer[] = [];
    for (;;) {
      const match = new RegExp(`${END}(\\d+)\\n`).exec(pending);
      if (match === null) break;
      answers.push({ output: pending.slice(0, match.index), status: Number(match[1]) });
      pending = pending.slice(match.index + match[0].length);
    }
    this.pieces = [pending];
    this.hasEnd = pending.includes(END);
    return answers;
  }
}

/** Sets the size of the reader's terminal so that programs in it redraw. */
export function resizeCommand(cols: number, rows: number): string {
  return `stty -F /dev/ttyS0 cols ${cols} rows ${rows}`;
}

/**
 * The command that pulls what a new machine lacks of the images with which a lesson starts. It does
 * not remove others: to pull `debian` again takes the machine most of a minute.
 * @param present images of the machine
 * @param wanted images of the lesson
 * @returns undefined if there is nothing to do
 */
export function imagesCommand(
  present: readonly string[],
  wanted: readonly string[],
): string | undefined {
  const there = present.map(withTag);
  const missing = wanted.map(withTag).filter((image) => !there.includes(image));
  if (missing.length === 0) return undefined;
  return missing.map((image) => `docker pull -q ${image}`).join(' && ');
}

/** Characters of a file per request: a line holds at most 4,095 (Linux, N_TTY_BUF_SIZE). */
const PIECE = 2000;

/** Bytes in Base64, in pieces that fit into a request. */
export function base64Pieces(bytes: Uint8Array): string[] {
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return packed.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? [];
}

/**
 * Commands that, run one after another, create a file and its parent folders.
 * @param target absolute path
 */
export function fileCommands(target: string, text: string): string[] {
  const quoted = `'${target.replaceAll("'", `'\\''`)}'`;
  return [
    `mkdir -p "$(dirname ${quoted})"; : > /tmp/.file`,
    ...base64Pieces(new TextEncoder().encode(text)).map(
      (piece) => `printf %s ${piece} >> /tmp/.file`,
    ),
    `base64 -d /tmp/.file > ${quoted}; rm /tmp/.file`,
  ];
}

/** Device number of the reader's terminal in `/proc/PID/stat`: 4:64, `ttyS0`. */
const READERS_TTY = 4 * 256 + 64;

/**
 * The command that runs another in a bash of its own, with the folder and the environment that the
 * reader's shell has at its prompt: it is then the foreground process of its terminal. What the
 * reader has exported later is not known.
 * @param command complete lines
 */
export function asReader(command: string): string {
  return `(
for stat in /proc/[0-9]*/stat; do
  read -r pid _ _ _ group _ tty front _ < $stat
  [ "$tty $group $front" != "${READERS_TTY} $pid $pid" ] || break
done 2> /dev/null
cd /proc/$pid/cwd && export $(tr '\\0' ' ' < /proc/$pid/environ) && bash << 'END-OF-CHECK'
${command}
END-OF-CHECK
)`;
}
