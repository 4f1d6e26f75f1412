import { shownLines } from '../../screen/html.ts';
import type { Block } from '../../screen/view.ts';

/**
 * How high a terminal is on the page, by the lines that it shows while it is folded: whether it can stay in sight as a
 * whole beside its prose is decided by the style sheet, for the height of the reader's window.
 */
export function heightOf(blocks: readonly Block[]): 'short' | 'mid' | 'tall' {
  const lines = blocks.reduce((sum, block) => sum + linesOf(block), 0);
  if (lines <= SHORT) return 'short';
  return lines <= MID ? 'mid' : 'tall';
}

const SHORT = 15;
const MID = 26;

function linesOf(block: Block): number {
  if (block.kind === 'exit') return 2;
  if (block.kind === 'output') return shownLines(block.lines.length);
  // A command has a band of its own.
  return block.lines.length + 1;
}
