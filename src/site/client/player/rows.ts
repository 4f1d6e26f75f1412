import { lookOf, type ScreenLines } from './look.ts';

/** Characters that stay in sight beyond the one that is typed. */
const AHEAD = 3;

/**
 * Watches the rows that the player draws in `stage`: what was typed and what is marked looks as on the screen's text, and
 * where the terminal is larger than its place, what is typed stays in sight.
 * @returns what ends it
 */
export function watchRows(stage: HTMLElement, lines: ScreenLines): () => void {
  const observer = new MutationObserver((changes) => {
    const text = stage.querySelector<HTMLElement>('.ap-term-text');
    if (text === null) return;
    const rows = Array.from(text.children, (element) => readRow(element));
    const cols = Number(getComputedStyle(text).getPropertyValue('--term-cols'));
    const looks = lookOf(
      rows.map((row) => row.text),
      cols,
      lines,
    );
    const found: Found = { typed: [], prompt: [], differs: [] };
    rows.forEach((row, index) => {
      const look = looks[index];
      row.element.toggleAttribute('data-typed', look?.prompt !== undefined);
      if (look?.prompt !== undefined) {
        found.prompt.push(...rangesOf(row, 0, look.prompt));
        found.typed.push(...rangesOf(row, look.prompt, row.text.length));
      }
      for (const { from, to } of look?.marks ?? []) found.differs.push(...rangesOf(row, from, to));
    });
    highlight(found);
    const changed = new Set(changes.map(({ target }) => target));
    const last = rows.findLast((row) => changed.has(row.element) && row.text !== '');
    scrollDown(stage, rows);
    if (last !== undefined) follow(stage, last);
  });
  observer.observe(stage, { subtree: true, childList: true });
  return () => {
    observer.disconnect();
    highlight({ typed: [], prompt: [], differs: [] });
  };
}

interface Row {
  readonly element: Element;
  readonly text: string;
  /** Its texts, each with the column in which it begins. */
  readonly parts: readonly { readonly at: number; readonly node: Node }[];
}

/** The player puts each run of a row at a place of its own, and leaves out blanks between them. */
function readRow(element: Element): Row {
  let text = '';
  const parts = Array.from(element.children, (span) => {
    const offset = (span as HTMLElement).style.getPropertyValue('--offset');
    text = text.padEnd(Number(offset));
    const at = text.length;
    text += span.textContent;
    return { at, node: span.firstChild ?? span };
  });
  return { element, text: text.trimEnd(), parts };
}

/** A stretch of a row, as ranges in the elements that show it. */
function rangesOf({ parts }: Row, from: number, to: number): Range[] {
  return parts.flatMap(({ at, node }) => {
    const length = node.textContent?.length ?? 0;
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, length)];
    if (start >= end) return [];
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return [range];
  });
}

type Found = Record<'typed' | 'prompt' | 'differs', Range[]>;

function highlight(found: Found): void {
  if (!('highlights' in CSS)) return;
  // There a highlight's text has the system's colour, unreadable on the terminal's ground.
  const forced = matchMedia('(forced-colors: active)').matches;
  for (const [name, ranges] of Object.entries(found))
    CSS.highlights.set(`player-${name}`, new Highlight(...(forced ? [] : ranges)));
}

/** Lets it scroll down where text lies below its place; an empty row of the cursor is no text. */
function scrollDown(stage: HTMLElement, rows: readonly Row[]): void {
  const end = rows.findLast(({ text }) => text !== '')?.element.getBoundingClientRect().bottom ?? 0;
  const place = stage.getBoundingClientRect().top + stage.clientHeight;
  const below = end + stage.scrollTop - place > 1;
  if (!below) stage.scrollTop = 0;
  stage.toggleAttribute('data-below', below);
}

/** Scrolls to a row; to its end where it is being typed, to its beginning where it was printed. */
function follow(stage: HTMLElement, row: Row): void {
  const place = stage.getBoundingClientRect();
  const line = row.element.getBoundingClientRect();
  const below = line.bottom - (place.top + stage.clientHeight);
  const above = place.top - line.top;
  if (below > 0) stage.scrollTop += below;
  else if (above > 0) stage.scrollTop -= above;
  // The player fills a row with blanks: its text ends before its element.
  const last = rangesOf(row, row.text.length - 1, row.text.length)[0]?.getBoundingClientRect();
  if (!row.element.hasAttribute('data-typed') || last === undefined) stage.scrollLeft = 0;
  else {
    const end =
      last.right - line.left + AHEAD * last.width + parseFloat(getComputedStyle(stage).fontSize);
    stage.scrollLeft = Math.max(end - stage.clientWidth, 0);
  }
}
