import { rowStyles, type ScreenLines } from './row-style.ts';

/** Characters that stay visible after the one being typed. */
const AHEAD = 3;

/**
 * Watches the rows that the player draws in `stage`: styles typed and marked text as in the
 * screen's text, and scrolls a terminal that is larger than its container so that typed text stays
 * visible.
 * @returns a function that stops it
 */
export function watchRows(stage: HTMLElement, lines: ScreenLines): () => void {
  const observer = new MutationObserver((changes) => {
    const text = stage.querySelector<HTMLElement>('.ap-term-text');
    if (text === null) return;
    const rows = Array.from(text.children, (element) => readRow(element));
    const cols = Number(getComputedStyle(text).getPropertyValue('--term-cols'));
    const styles = rowStyles(
      rows.map((row) => row.text),
      cols,
      lines,
    );
    const found: Found = { typed: [], prompt: [], differs: [] };
    rows.forEach((row, index) => {
      const style = styles[index];
      row.element.toggleAttribute('data-typed', style?.prompt !== undefined);
      if (style?.prompt !== undefined) {
        found.prompt.push(...rangesOf(row, 0, style.prompt));
        found.typed.push(...rangesOf(row, style.prompt, row.text.length));
      }
      for (const { from, to } of style?.marks ?? []) found.differs.push(...rangesOf(row, from, to));
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
  /** Its texts, each with its starting column. */
  readonly parts: readonly { readonly at: number; readonly node: Node }[];
}

/** Reads a row: the player positions each run separately and leaves out blanks between runs. */
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

/** A part of a row, as ranges in the elements that show it. */
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
  // In forced colors, highlights have the system's text color, unreadable on the terminal's
  // background.
  const forced = matchMedia('(forced-colors: active)').matches;
  for (const [name, ranges] of Object.entries(found))
    CSS.highlights.set(`player-${name}`, new Highlight(...(forced ? [] : ranges)));
}

/** Lets the stage scroll if there is text below its edge; an empty cursor row does not count. */
function scrollDown(stage: HTMLElement, rows: readonly Row[]): void {
  const end = rows.findLast(({ text }) => text !== '')?.element.getBoundingClientRect().bottom ?? 0;
  const place = stage.getBoundingClientRect().top + stage.clientHeight;
  const below = end + stage.scrollTop - place > 1;
  if (!below) stage.scrollTop = 0;
  stage.toggleAttribute('data-below', below);
}

/** Scrolls to a row: to its end if it is being typed, to its beginning if it was printed. */
function follow(stage: HTMLElement, row: Row): void {
  const place = stage.getBoundingClientRect();
  const line = row.element.getBoundingClientRect();
  const below = line.bottom - (place.top + stage.clientHeight);
  const above = place.top - line.top;
  if (below > 0) stage.scrollTop += below;
  else if (above > 0) stage.scrollTop -= above;
  // The player pads rows with blanks, so the text ends before the element does.
  const last = rangesOf(row, row.text.length - 1, row.text.length)[0]?.getBoundingClientRect();
  if (!row.element.hasAttribute('data-typed') || last === undefined) stage.scrollLeft = 0;
  else {
    const end =
      last.right - line.left + AHEAD * last.width + parseFloat(getComputedStyle(stage).fontSize);
    stage.scrollLeft = Math.max(end - stage.clientWidth, 0);
  }
}
