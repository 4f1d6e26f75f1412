/**
 * What the terminal shows at the end of a step, scrollback included, as lines of styled text. A
 * line that the terminal wrapped over several rows is one line here, so that a screen is the same
 * at any width.
 */
export interface Screen {
  readonly lines: readonly ScreenLine[];
}

/** One line: adjacent cells of the same style form one run. */
export type ScreenLine = readonly Run[];

export interface Run {
  readonly text: string;
  readonly style: Style;
}

/** Style of a run. Absent properties have the defaults of the terminal's theme. */
export interface Style {
  readonly fg?: Color;
  readonly bg?: Color;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  readonly strike?: true;
  readonly invisible?: true;
}

/** A number is an index into the 256 colors (0–15 are the theme's); a string is `#rrggbb`. */
export type Color = number | `#${string}`;

/** The plain text of one line, without trailing blanks. */
export function lineText(line: ScreenLine): string {
  return line
    .map((run) => run.text)
    .join('')
    .trimEnd();
}

/** The plain text of a screen, as in its `.txt` file: each line ends with a newline. */
export function screenText(screen: Screen): string {
  return screen.lines.map((line) => `${lineText(line)}\n`).join('');
}
