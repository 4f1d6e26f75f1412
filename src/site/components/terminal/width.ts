import type { Block } from '../../../core/screen/view.ts';

/** Columns of the terminal in which most steps are recorded. */
const COLUMNS = 80;

/** Whether a terminal shows unusually long lines and should be as wide as the page allows. */
export function isWide(blocks: readonly Block[]): boolean {
  return blocks.some(
    (block) =>
      block.kind === 'output' &&
      block.lines.some((line) => line.reduce((sum, { text }) => sum + text.length, 0) > COLUMNS),
  );
}
