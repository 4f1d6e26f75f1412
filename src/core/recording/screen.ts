/**
 * A screen: what the terminal shows at the end of a step, scrollback included, as lines of styled text.
 * A line that the terminal wrapped over several rows is one line here, so that a screen reads the
 * same at any width.
 */
export interface Screen {
  readonly lines: readonly ScreenLine[];
}

/** One line: neighbouring cells of one style are one run. */
export type ScreenLine = readonly Run[];

export interface Run {
  readonly text: string;
  readonly style: Style;
}

/** How a run looks. What is left out is as the terminal's theme has it. */
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

/** A number is an entry of the 256 colours (0–15 are the theme's own); a text is `#rrggbb`. */
export type Color = number | `#${string}`;

/** The plain text of one line, without blanks at its end. */
export function lineText(line: ScreenLine): string {
  return line
    .map((run) => run.text)
    .join('')
    .trimEnd();
}

/** The plain text of a screen, as its `.txt` holds it: a final newline, none if there is nothing. */
export function screenText(screen: Screen): string {
  return screen.lines.map((line) => `${lineText(line)}\n`).join('');
}
