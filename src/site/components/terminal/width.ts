import type { Block } from '../../../core/screen/view.ts';

/** Columns of the terminal that most steps are recorded in. */
const COLUMNS = 80;

/** Whether a terminal shows a line longer than most do, and is to be as wide as its page allows. */
export function isWide(blocks: readonly Block[]): boolean {
  return blocks.some(
    (block) =>
      block.kind === 'output' &&
      block.lines.some((line) => line.reduce((sum, { text }) => sum + text.length, 0) > COLUMNS),
  );
}
