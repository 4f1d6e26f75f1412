import type { LessonRecording } from '../../recordings.ts';
import { ownMasks } from '../../recording/masks.ts';
import { replay } from '../../recording/terminal.ts';
import { extraRules } from '../../screen/style.ts';
import type { Line, Piece } from '../../screen/pieces.ts';
import { terminalBlocks, type Block } from '../../screen/view.ts';

/** The terminals of a lesson, by step id: of each step that is shown and has a fresh recording. */
export async function terminalsOf({
  lesson,
  steps,
}: LessonRecording): Promise<Map<string, readonly Block[]>> {
  const terminals = new Map<string, readonly Block[]>();
  const own = ownMasks(lesson);
  for (const [id, recording] of steps) {
    if (recording.state !== 'recorded' || recording.step.options.hide) continue;
    terminals.set(id, terminalBlocks(await replay(recording.cast), recording.proof, own));
  }
  return terminals;
}

/** Style rules for what these terminals show in colours of their own. */
export function extraStyles(terminals: ReadonlyMap<string, readonly Block[]>): string {
  return extraRules([...terminals.values()].flatMap(pieces).flatMap(({ classes }) => classes));
}

/** The first step that shows text which will differ for a reader. */
export function firstMarked(terminals: ReadonlyMap<string, readonly Block[]>): string | undefined {
  return [...terminals].find(([, blocks]) =>
    pieces(blocks).some(({ differs }) => differs !== undefined),
  )?.[0];
}

function pieces(blocks: readonly Block[]): Piece[] {
  return blocks.flatMap(linesOf).flat();
}

function linesOf(block: Block): readonly Line[] {
  if (block.kind === 'output') return block.lines;
  return block.kind === 'command' ? block.lines.map(({ prompt }) => prompt) : [];
}
