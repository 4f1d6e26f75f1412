/**
 * The check of a task: conditions that hold once it is solved. Readers paste it into their shell as
 * one command, which has to mean the same in bash and in zsh, and must not end or change the shell.
 */

/** A line of a `check` fence: a condition, and what is missing as long as it fails. */
export interface CheckLine {
  readonly command: string;
  /** What the command prints. */
  readonly missing: string;
  /** What the page lists; in a translation, its own text. */
  readonly listed: string;
}

export interface CheckFault {
  /** 1-based line in the lesson file. */
  readonly line: number;
  readonly title: string;
  readonly found: string;
  readonly hint: string;
}

/** What precedes the first thing that is missing. */
export const STILL_MISSING = 'Still missing: ';
/** What the check says of a solved task. */
export const DONE = 'Done: nothing is missing.';

/** Between a condition and what is missing. */
const SEPARATOR = ' # ';

/** Begins a line in which a translation says what is missing if the line above fails. */
const TRANSLATED = '# ';

/**
 * An exclamation mark that interactive shells replace with a command of their history, even between
 * double quotes; see HISTORY EXPANSION in bash(1) and zshexpn(1).
 */
const HISTORY = /!(?![ =]|$)/;

/**
 * Reads the body of a `check` fence.
 * @param firstLine 1-based line of the body's first line in the lesson file
 */
export function readCheck(
  body: string,
  firstLine: number,
): { lines: CheckLine[]; faults: CheckFault[] } {
  const lines: CheckLine[] = [];
  const faults: CheckFault[] = [];
  for (const [index, text] of body.split('\n').entries()) {
    const above = lines.at(-1);
    if (text.startsWith(TRANSLATED) && above !== undefined) {
      lines.splice(-1, 1, { ...above, listed: text.slice(TRANSLATED.length).trim() });
      continue;
    }
    const at = text.lastIndexOf(SEPARATOR);
    const [command, missing] = [text.slice(0, at).trim(), text.slice(at + SEPARATOR.length).trim()];
    const fault = (title: string, hint: string, found = text) =>
      void faults.push({ line: firstLine + index, title, found, hint });
    if (at < 0 || command === '' || missing === '')
      fault(
        'a line of the check does not say what is missing',
        'write a command, ` # `, and what is missing if it fails: test -e a.txt # a file `a.txt`',
        text === '' ? 'an empty line' : text,
      );
    else if (HISTORY.test(command))
      fault(
        'a shell would replace the ! with an earlier command',
        'write the condition without it, or with a space after it',
      );
    else if (missing.includes('\\'))
      fault('what is missing has a backslash, which shells print differently', 'write it without');
    else lines.push({ command, missing, listed: missing });
  }
  return { lines, faults };
}

/**
 * The command that readers paste, line by line: between the first and the last, one for each
 * condition. It prints what the first failing one says and ends with status 1, or says that nothing
 * is missing. What the conditions print is not shown, and they cannot read from the keyboard.
 */
export function checkCommand(lines: readonly CheckLine[]): string[] {
  return [
    `( exec 3>&1 > /dev/null 2>&1 < /dev/null; missing() { echo "${STILL_MISSING}$1" >&3; exit 1; }`,
    ...lines.map(({ command, missing }) => `${command} || missing ${quoted(missing)}`),
    `echo '${DONE}' >&3 )`,
  ];
}

/** What the conditions of a command made by `checkCommand` say is missing. */
export function missingIn(command: readonly string[]): string[] {
  return command.flatMap((line) => {
    const text = / \|\| missing '(.*)'$/.exec(line)?.[1];
    return text === undefined ? [] : [text.replaceAll(String.raw`'\''`, "'")];
  });
}

/** What the check said on a screen; undefined if it said nothing. */
export function answerOn(screen: string): string | undefined {
  return screen.split('\n').findLast((line) => line.startsWith(STILL_MISSING) || line === DONE);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
