import { escapeHtml } from './escape.ts';
import { quotesAt, type Line, type Piece } from './pieces.ts';
import { linesOf, type Block, type CommandBlock, type TypedLine } from './view.ts';

/** Outputs with more lines than this are folded. */
export const FOLD_ABOVE = 24;
/** Lines of a folded output that stay visible: the beginning, and the end, where errors appear. */
const HEAD = 14;
const TAIL = 4;

/** Lines of at most this many characters do not wrap on a phone. */
const NARROW = 28;

/** The words shown around the content of a screen, in English. */
export const SCREEN_WORDS = {
  show: 'Show',
  fold: 'Fold',
  lines: (count: number) => `${count} lines`,
  wiped: 'typed, then wiped off the screen: ',
  differs: (why: string) => `yours will differ: ${why}`,
  /** What a screen reader says before a command, and before its output. */
  command: 'Command:',
  output: 'Output:',
  /** Shown below a table that is cut off at the right edge. */
  cut: 'scrolls sideways',
};

/** The words in one language. */
export type ScreenWords = Readonly<typeof SCREEN_WORDS>;

/** The blocks of a terminal as HTML. All text is escaped because recordings are data. */
export function terminalHtml(blocks: readonly Block[], words: ScreenWords = SCREEN_WORDS): string {
  return blocks.map((block) => blockHtml(block, words)).join('');
}

/**
 * The reasons why text of a terminal will differ for a reader, in order. Each is listed once, with
 * the first text to which it applies.
 */
export function differencesOf(
  blocks: readonly Block[],
  words: ScreenWords = SCREEN_WORDS,
): { readonly text: string; readonly why: string }[] {
  const found = new Map<string, string>();
  for (const { text, differs } of blocks.flatMap(linesOf).flat()) {
    const why = differs === undefined ? undefined : words.differs(differs);
    if (why !== undefined && !found.has(why)) found.set(why, text);
  }
  return [...found].map(([why, text]) => ({ text, why }));
}

function blockHtml(block: Block, words: ScreenWords): string {
  switch (block.kind) {
    case 'command':
      return commandHtml(block, words);
    case 'exit':
      return `<p class="exit">exit ${block.status}</p>`;
    case 'output':
      return outputHtml(block.lines, words);
  }
}

function commandHtml({ lines, typed, exact, onScreen }: CommandBlock, words: ScreenWords): string {
  const kind = ` data-kind="${escapeHtml(words.command)}"`;
  if (!onScreen) {
    const wiped = `${escapeHtml(words.wiped)}<kbd>${escapeHtml(typed)}</kbd>`;
    return `<div class="cmd gone"${kind}><p>${wiped}</p></div>`;
  }
  const rows = lines.map((line) => {
    const { prompt, typed: text } = line;
    const length = prompt.reduce((sum, piece) => sum + piece.text.length, text.length);
    const shown = typedHtml(line, length > NARROW ? wordsHtml : escapeHtml);
    return `<span class="p">${lineHtml(prompt, undefined, words)}</span><kbd>${shown}</kbd>`;
  });
  // The text of the <kbd>s is copied unless data-copy says what was typed instead.
  const copy = exact ? '' : ` data-copy="${escapeHtml(typed)}"`;
  return `<div class="cmd"${kind}${copy}><pre>${rows.join('\n')}</pre></div>`;
}

/** What was typed on a line, with what the prose quotes of it. */
function typedHtml({ typed, quoted = [] }: TypedLine, html: (text: string) => string): string {
  const cuts = quoted.flatMap(({ from, to }) => [from, Math.min(to, typed.length)]);
  const places = [...new Set([0, ...cuts, typed.length])].sort((a, b) => a - b);
  return places
    .slice(1)
    .map((to, index) => {
      const from = places[index] ?? 0;
      const quotes = quotesAt(quoted, { from, to });
      const inner = html(typed.slice(from, to));
      return quotes === '' ? inner : `<span data-q="${quotes}">${inner}</span>`;
    })
    .join('');
}

/** Keeps options from wrapping on a narrow screen, where a browser would break them at hyphens. */
function wordsHtml(text: string): string {
  return text
    .split(/(\S*-\S+)/)
    .map((part, index) =>
      index % 2 === 1 ? `<span class="w">${escapeHtml(part)}</span>` : escapeHtml(part),
    )
    .join('');
}

function outputHtml(lines: readonly Line[], words: ScreenWords): string {
  const kind = lines.some(hasColumns) ? 'out' : 'out text';
  if (lines.length <= FOLD_ABOVE) return preHtml(lines, kind, words, true);
  const hidden = lines.slice(HEAD, -TAIL);
  const toggle = `<span class="more">${words.show}</span><span class="less">${words.fold}</span>`;
  return [
    preHtml(lines.slice(0, HEAD), kind, words, true),
    `<details class="fold"><summary>${toggle} ${words.lines(hidden.length)}</summary>`,
    preHtml(hidden, kind, words),
    '</details>',
    preHtml(lines.slice(-TAIL), kind, words),
  ].join('');
}

/**
 * Whether a line has columns. Tables scroll so that columns stay aligned; other text wraps, as it
 * does in a terminal.
 */
function hasColumns(line: Line): boolean {
  return /\S(?: {2,}|\t)\S/.test(line.map(({ text }) => text).join(''));
}

function preHtml(
  lines: readonly Line[],
  kind: string,
  words: ScreenWords,
  isFirst = false,
): string {
  const said = isFirst ? ` data-kind="${escapeHtml(words.output)}"` : '';
  const wide =
    kind === 'out' &&
    lines.some((line) => line.reduce((sum, { text }) => sum + text.length, 0) > NARROW);
  const cut = wide ? ` data-cut="${escapeHtml(words.cut)}"` : '';
  // Parsers drop the first line feed in a <pre>; the extra one preserves an empty first line.
  const text = lines.map((line) => lineHtml(line, undefined, words)).join('\n');
  return `<pre class="${kind}"${said}${cut}>\n${text}</pre>`;
}

/**
 * One line as HTML.
 * @param change the element around text that differs from another recording; none if absent
 */
export function lineHtml(
  line: Line,
  change?: 'del' | 'ins',
  words: ScreenWords = SCREEN_WORDS,
): string {
  return line
    .map((piece) => {
      const inner = pieceHtml(piece, words);
      return change !== undefined && piece.changed ? `<${change}>${inner}</${change}>` : inner;
    })
    .join('');
}

function pieceHtml({ text, classes, differs, quotes }: Piece, words: ScreenWords): string {
  const inner = escapeHtml(text);
  const style = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
  const kind = quotes === undefined ? style : `${style} data-q="${quotes}"`;
  if (differs !== undefined)
    return `<mark${kind} title="${escapeHtml(words.differs(differs))}">${inner}</mark>`;
  return kind === '' ? inner : `<span${kind}>${inner}</span>`;
}
