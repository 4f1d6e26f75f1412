/**
 * Styles that the text of a screen has and the player lacks: which lines were typed, and what will
 * differ for the reader. The player redraws each row that changes, so its elements are not
 * modified; the text is highlighted instead (https://www.w3.org/TR/css-highlight-api-1/). Browsers
 * without highlights play plain text.
 */

/** A part of a text; `to` is exclusive. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface TypedLine {
  readonly prompt: string;
  readonly text: string;
  readonly marks: readonly Span[];
}

/** The lines of a screen with which the player's rows are compared. */
export interface ScreenLines {
  readonly typed: readonly TypedLine[];
  /** The marked parts of output lines, by the text of the line. */
  readonly marked: ReadonlyMap<string, readonly Span[]>;
}

/** Reads the text of a screen. */
export function readLines(screen: HTMLElement): ScreenLines {
  const typed = Array.from(screen.querySelectorAll<HTMLElement>('.cmd .p'), (prompt) => ({
    prompt: prompt.textContent,
    text: prompt.textContent + (prompt.nextElementSibling?.textContent ?? ''),
    marks: marksIn(prompt),
  }));
  const marked = new Map<string, Span[]>();
  for (const output of screen.querySelectorAll<HTMLElement>('.out')) {
    const marks = marksIn(output);
    let at = 0;
    for (const line of output.textContent.split('\n')) {
      const from = at;
      const end = from + line.length;
      const inLine = marks.filter((mark) => mark.from >= from && mark.to <= end);
      if (inLine.length > 0)
        marked.set(
          line.trimEnd(),
          inLine.map((mark) => ({ from: mark.from - from, to: mark.to - from })),
        );
      at = end + 1;
    }
  }
  return { typed, marked };
}

/** The positions of the marks in a block's text. */
function marksIn(block: HTMLElement): Span[] {
  const spans: Span[] = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let at = 0; walker.nextNode();) {
    const length = walker.currentNode.textContent?.length ?? 0;
    if (walker.currentNode.parentElement?.closest('mark') != null)
      spans.push({ from: at, to: at + length });
    at += length;
  }
  return spans;
}

/** The style of a terminal row. */
export interface RowStyle {
  /** Length of the prompt, if a command is being typed or was typed on the row. */
  readonly prompt?: number;
  readonly marks: readonly Span[];
}

/**
 * The styles of a terminal's rows.
 * @param rows their texts, without trailing blanks
 * @param cols columns of the terminal; a longer line continues in the next row
 */
export function rowStyles(rows: readonly string[], cols: number, lines: ScreenLines): RowStyle[] {
  const styles: RowStyle[] = [];
  while (styles.length < rows.length) {
    const first = styles.length;
    // A full row may continue in the next one, or be a whole line.
    let end = lineEnd(rows, first, cols);
    let style = lineStyle(rows.slice(first, end).join(''), lines);
    while (style === undefined && end > first + 1)
      style = lineStyle(rows.slice(first, --end).join(''), lines);
    for (let row = first; row < end; row++) {
      const from = (row - first) * cols;
      const marks = (style?.marks ?? [])
        .map((mark) => ({
          from: Math.max(mark.from - from, 0),
          to: Math.min(mark.to - from, cols),
        }))
        .filter((mark) => mark.to > mark.from);
      const prompt = style?.prompt;
      styles.push({ marks, ...(prompt !== undefined && { prompt: Math.max(prompt - from, 0) }) });
    }
  }
  return styles;
}

/** Joins full rows with the rows in which they continue. */
function lineEnd(rows: readonly string[], first: number, cols: number): number {
  let row = first;
  while (row + 1 < rows.length && rows[row]?.length === cols && rows[row + 1] !== '') row++;
  return row + 1;
}

function lineStyle(text: string, { typed, marked }: ScreenLines): RowStyle | undefined {
  const marks = marked.get(text);
  if (marks !== undefined) return { marks };
  // While a command is being typed, the row is a prefix of the final line.
  const line = typed.find(
    (candidate) =>
      text !== '' &&
      text.length >= candidate.prompt.trimEnd().length &&
      candidate.text.startsWith(text),
  );
  return line === undefined ? undefined : { prompt: line.prompt.length, marks: line.marks };
}
