import type { LessonRecording } from '../../../store/recordings.ts';
import { lessonMasks } from '../../../core/recording/masks.ts';
import { extraRules } from '../../../core/screen/style.ts';
import type { Piece } from '../../../core/screen/pieces.ts';
import { linesOf, terminalBlocks, type Block } from '../../../core/screen/view.ts';
import { playThrough } from './rows.ts';

/** What a page shows for a step's cast. */
export interface Terminal {
  readonly blocks: readonly Block[];
  /** Rows that the player needs. */
  readonly rows: number;
}

/** The terminals of a lesson, by step id, for each visible step with an up-to-date recording. */
export async function terminalsOf({
  lesson,
  steps,
}: LessonRecording): Promise<Map<string, Terminal>> {
  const declared = lessonMasks(lesson);
  // Concurrently, since each waits for a terminal to render.
  const terminals = [...steps].map(async ([id, recording]) => {
    if (recording.state !== 'recorded' || recording.step.options.hide) return [];
    const { screen, rows } = await playThrough(recording.parsed);
    return [[id, { blocks: terminalBlocks(screen, recording.proof, declared), rows }]] as const;
  });
  return new Map((await Promise.all(terminals)).flat());
}

/** CSS rules for colors of these terminals that no style sheet has. */
export function extraStyles(terminals: ReadonlyMap<string, Terminal>): string {
  return extraRules([...terminals.values()].flatMap(pieces).flatMap(({ classes }) => classes));
}

/** The first step that shows text that will differ for readers. */
export function firstMarked(terminals: ReadonlyMap<string, Terminal>): string | undefined {
  return [...terminals].find(([, terminal]) =>
    pieces(terminal).some(({ differs }) => differs !== undefined),
  )?.[0];
}

function pieces({ blocks }: Terminal): Piece[] {
  return blocks.flatMap(linesOf).flat();
}
