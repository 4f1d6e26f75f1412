import type { NamedMask } from '../recording/masks.ts';
import { stepExit, type CommandProof, type StepProof } from '../recording/proof.ts';
import { lineText, type Screen, type ScreenLine } from '../recording/screen.ts';
import { cutRuns, lineOf, type Line, type Quoted } from './pieces.ts';

/** A line on which something was typed. */
export interface TypedLine {
  readonly prompt: Line;
  readonly typed: string;
  /** The parts of `typed` that the prose quotes; absent if it quotes none. */
  readonly quoted?: readonly Quoted[];
}

/** A part of a screen that the prose quotes. */
export interface QuotedPart extends Quoted {
  /** 0-based. */
  readonly line: number;
}

/** The lines on which a command was typed. */
export interface CommandBlock {
  readonly kind: 'command';
  /** What the copy button copies. */
  readonly typed: string;
  readonly lines: readonly TypedLine[];
  /** False if the screen does not show exactly what was typed (a tab, a cleared screen). */
  readonly exact: boolean;
  /** False if the step's final screen no longer shows it because a later command cleared it. */
  readonly onScreen: boolean;
}

/** A part of a screen: something typed or something printed. */
export type Block =
  | CommandBlock
  | { readonly kind: 'output'; readonly lines: readonly Line[] }
  /** A command that ended with a status other than 0. */
  | { readonly kind: 'exit'; readonly status: number };

/** The lines of a block that were printed rather than typed: output and prompts. */
export function linesOf(block: Block): readonly Line[] {
  if (block.kind === 'output') return block.lines;
  return block.kind === 'command' ? block.lines.map(({ prompt }) => prompt) : [];
}

/**
 * Splits a step's screen at the lines on which its commands were typed.
 * @param declared masks that the lesson declares
 * @param quoted the parts that the prose quotes
 */
export function terminalBlocks(
  screen: Screen,
  proof: StepProof,
  declared: readonly NamedMask[] = [],
  quoted: readonly QuotedPart[] = [],
): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const quotedOn = (line: number) => quoted.filter((part) => part.line === line);
  const printed = (to: number) => {
    const from = at;
    if (to > from)
      blocks.push({
        kind: 'output',
        lines: screen.lines
          .slice(at, to)
          .map((line, index) => lineOf(line, declared, [], quotedOn(from + index))),
      });
    at = Math.max(at, to);
  };
  for (const command of proof.commands) {
    if (command.shown === null) {
      blocks.push({
        kind: 'command',
        typed: command.typed,
        lines: [],
        exact: false,
        onScreen: false,
      });
      continue;
    }
    printed(command.shown.from);
    const from = at;
    const shown = screen.lines
      .slice(at, command.shown.to)
      .map((line, index) => ({ line, quoted: quotedOn(from + index) }));
    blocks.push(commandBlock(command, shown, declared));
    at = command.shown.to;
  }
  printed(screen.lines.length);
  // Only the last `$` command of a step may end with a status other than 0, so it goes at the end.
  const status = stepExit(proof);
  if (status !== null && status !== 0) blocks.push({ kind: 'exit', status });
  return blocks;
}

/** A line of the screen, and what of it the prose quotes. */
interface ShownLine {
  readonly line: ScreenLine;
  readonly quoted: readonly Quoted[];
}

function commandBlock(
  { typed }: CommandProof,
  shown: readonly ShownLine[],
  declared: readonly NamedMask[],
): CommandBlock {
  const wanted = typed.split('\n');
  const lines = shown.map((line, index) => splitTyped(line, wanted[index] ?? '', declared));
  const exact = lines.map((line) => line.typed).join('\n') === typed;
  return { kind: 'command', typed, lines, exact, onScreen: true };
}

/** Splits a line into the prompt and the typed text after it. */
function splitTyped(
  { line, quoted }: ShownLine,
  typed: string,
  declared: readonly NamedMask[],
): TypedLine {
  const text = lineText(line);
  const from = text.endsWith(typed.trimEnd())
    ? text.length - typed.trimEnd().length
    : text.lastIndexOf(typed);
  // A line that shows something else (a completed word, a tab) still has its prompt, up to the
  // first blank.
  const cut = from >= 0 ? from : text.indexOf(' ') + 1;
  const shown = text.slice(cut);
  const inTyped = quoted.flatMap(({ quote, from: start, to }) =>
    to > cut ? { quote, from: Math.max(start - cut, 0), to: to - cut } : [],
  );
  return {
    prompt: lineOf(cutRuns(line, 0, cut), declared, [], quoted),
    typed: shown === typed.trimEnd() ? typed : shown,
    ...(inTyped.length > 0 && { quoted: inTyped }),
  };
}
