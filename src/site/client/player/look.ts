/**
 * What the text of a screen shows and a player does not: which lines were typed, and what will differ for the reader.
 * The player redraws each row that changes, so nothing is added to its elements: the text is highlighted in them
 * (https://www.w3.org/TR/css-highlight-api-1/). A browser without that plays as well, in plain text.
 */

/** Part of a text: from its first character to one past its last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface TypedLine {
  readonly prompt: string;
  readonly text: string;
  readonly marks: readonly Span[];
}

/** The lines of a screen, as the player's rows are compared with them. */
export interface ScreenLines {
  readonly typed: readonly TypedLine[];
  /** What is marked in a line of output, by its text. */
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

/** Where the marks of a block stand in its text. */
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

/** How a row of a terminal looks. */
export interface RowLook {
  /** It is one on which a command is being typed, or was: characters of its prompt. */
  readonly prompt?: number;
  readonly marks: readonly Span[];
}

/**
 * How the rows of a terminal look that show these texts.
 * @param rows without blanks at their ends
 * @param cols a longer line goes on in the next row
 */
export function lookOf(rows: readonly string[], cols: number, lines: ScreenLines): RowLook[] {
  const looks: RowLook[] = [];
  while (looks.length < rows.length) {
    const first = looks.length;
    // A row that is full may go on in the next one, or be a whole line.
    let end = lineEnd(rows, first, cols);
    let look = lineLook(rows.slice(first, end).join(''), lines);
    while (look === undefined && end > first + 1)
      look = lineLook(rows.slice(first, --end).join(''), lines);
    for (let row = first; row < end; row++) {
      const from = (row - first) * cols;
      const marks = (look?.marks ?? [])
        .map((mark) => ({
          from: Math.max(mark.from - from, 0),
          to: Math.min(mark.to - from, cols),
        }))
        .filter((mark) => mark.to > mark.from);
      const prompt = look?.prompt;
      looks.push({ marks, ...(prompt !== undefined && { prompt: Math.max(prompt - from, 0) }) });
    }
  }
  return looks;
}

/** A row that is full goes on in the next one. */
function lineEnd(rows: readonly string[], first: number, cols: number): number {
  let row = first;
  while (row + 1 < rows.length && rows[row]?.length === cols && rows[row + 1] !== '') row++;
  return row + 1;
}

function lineLook(text: string, { typed, marked }: ScreenLines): RowLook | undefined {
  const marks = marked.get(text);
  if (marks !== undefined) return { marks };
  // Letter by letter: what stands there is the beginning of what will have been typed.
  const line = typed.find(
    (candidate) =>
      text !== '' &&
      text.length >= candidate.prompt.trimEnd().length &&
      candidate.text.startsWith(text),
  );
  return line === undefined ? undefined : { prompt: line.prompt.length, marks: line.marks };
}
