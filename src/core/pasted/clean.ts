/**
 * Control sequences of terminals: OSC, CSI, and the shorter ones (ECMA-48, 5.4 and 5.6).
 * https://ecma-international.org/publications-and-standards/standards/ecma-48/
 */
const ESCAPES = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]/g;

/** What chats and word processors make of what a terminal printed, and what it was. */
const TYPOGRAPHY: readonly (readonly [RegExp, string])[] = [
  [/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/[\u00ad\u200b-\u200f\u2060\ufeff]/g, ''],
  [/[“”„‟«»]/g, '"'],
  [/[‘’‚‛]/g, "'"],
  [/(?<=^|\s)[–—](?=\w)/g, '--'],
  [/[‐‑–—]/g, '-'],
  [/…/g, '...'],
];

/** A line without what chats change. Recorded lines are compared in the same form. */
export function plainLine(line: string): string {
  let text = line;
  for (const [found, was] of TYPOGRAPHY) text = text.replace(found, was);
  return text.trimEnd();
}

/**
 * The lines that a reader saw in the terminal: without control sequences, and without what a chat
 * or an issue added around them (fences, quotes, indentation).
 */
export function cleanLines(pasted: string): string[] {
  const lines = pasted
    .replace(/\r\n/g, '\n')
    .replace(ESCAPES, '')
    .split('\n')
    .map((line) => plainLine(untabbed(overwritten(line)).replace(/[\x00-\x1f\x7f]/g, '')));
  const unfenced = lines
    .filter((line) => !/^\s*(?:```|~~~)[\w-]*$/.test(line))
    .map((line) => line.replace(/^\s*`([^`]+)`$/, '$1'));
  return unindented(unquoted(unfenced));
}

/** What a line shows in the end, after carriage returns and backspaces. */
function overwritten(line: string): string {
  let text = line.split('\r').findLast((part) => part !== '') ?? '';
  while (/[^\x08]\x08/.test(text)) text = text.replace(/[^\x08]\x08/, '');
  return text;
}

/** Width of a tab stop in a terminal. */
const TAB = 8;

function untabbed(line: string): string {
  let text = '';
  for (const char of line) text += char === '\t' ? ' '.repeat(TAB - (text.length % TAB)) : char;
  return text;
}

function unquoted(lines: readonly string[]): readonly string[] {
  const isQuoted = lines.every((line) => line === '' || /^\s*>(?: |$)/.test(line));
  return isQuoted ? lines.map((line) => line.replace(/^\s*> ?/, '')) : lines;
}

function unindented(lines: readonly string[]): string[] {
  const depths = lines.filter((line) => line !== '').map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return Number.isFinite(depth) ? lines.map((line) => line.slice(depth)) : [...lines];
}
