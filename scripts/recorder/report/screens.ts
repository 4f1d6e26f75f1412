import type { NamedMask } from '../../../src/core/recording/masks.ts';
import { screenText, type Screen } from '../../../src/core/recording/screen.ts';
import { replay } from '../../../src/core/recording/terminal.ts';
import { lineHtml } from '../../../src/core/screen/html.ts';
import { lineOf, type Line } from '../../../src/core/screen/pieces.ts';
import type { StepRun } from '../run/step.ts';
import type { Marks } from './changed-parts.ts';
import { printable } from './printable.ts';

/** Lines around a change that stay visible, and how many more are worth folding. */
const NEAR = 4;
const FOLDED = 6;

/** A screen as HTML, and the class names of its colors. */
export interface ScreenHtml {
  readonly html: string;
  readonly classes: readonly string[];
}

/**
 * A screen as HTML, with marked changes; lines far from a change are folded.
 * @param what whether the text or only its style changed: marks must not hide styles
 */
export function screenHtml(
  screen: Screen,
  commands: StepRun['commands'],
  marks: Marks,
  masks: readonly NamedMask[],
  side: 'was' | 'now',
  what: 'text' | 'styles',
): ScreenHtml {
  const typed = new Set(
    commands.flatMap(({ shown }) =>
      shown === null
        ? []
        : Array.from({ length: shown.to - shown.from }, (_, index) => shown.from + index),
    ),
  );
  const change = side === 'was' ? 'del' : 'ins';
  const pieces = screen.lines.map((line, index): Line =>
    lineOf(line, masks, marks.get(index)).map((piece) => ({
      ...piece,
      text: printable(piece.text),
    })),
  );
  const rows = pieces.map((line, index) => {
    const kinds = ['l', ...(marks.has(index) ? ['c'] : []), ...(typed.has(index) ? ['typed'] : [])];
    return `<span class="${kinds.join(' ')}">${lineHtml(line, change)}</span>`;
  });
  return {
    html: `<div class="screen ${side} ${what}">${folded(rows, marks)}</div>`,
    classes: pieces.flat().flatMap(({ classes }) => classes),
  };
}

/** The screen with its colors, or without them if the cast does not match the text file. */
export async function styledScreen({ cast, screen }: StepRun): Promise<Screen> {
  const shown = await replay(cast);
  if (screenText(shown) === screen) return shown;
  const lines = screen.replace(/\n$/, '').split('\n');
  return { lines: lines.map((text) => (text === '' ? [] : [{ text, style: {} }])) };
}

function folded(rows: readonly string[], marks: Marks): string {
  const near = (index: number) =>
    marks.size === 0 ||
    Array.from({ length: 2 * NEAR + 1 }, (_, offset) => index - NEAR + offset).some((line) =>
      marks.has(line),
    );
  const parts: string[] = [];
  for (let at = 0; at < rows.length;) {
    let end = at + 1;
    while (end < rows.length && near(end) === near(at)) end++;
    const text = `<pre>${rows.slice(at, end).join('')}</pre>`;
    parts.push(
      near(at) || end - at < FOLDED
        ? text
        : `<details><summary>${end - at} lines without a change</summary>${text}</details>`,
    );
    at = end;
  }
  return parts.join('');
}
