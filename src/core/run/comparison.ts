import { diffArrays } from 'diff';
import { comparable, sameScreen } from '../recording/compare.ts';
import type { NamedMask } from '../recording/masks.ts';
import type { ComparedResult, StepFault, StepResult, UnmetFault } from './step-result.ts';

/** A line that only one of two screens has, in the masked form in which screens are compared. */
export interface OtherLine {
  readonly side: 'recorded' | 'yours';
  readonly text: string;
}

/** How a step that was run elsewhere stands against its lesson and its recording. */
export type Comparison =
  /** Apart from masked text, the screen is the recorded one. */
  | { readonly kind: 'same' }
  /** A different screen that meets all expectations. */
  | { readonly kind: 'fits'; readonly other: readonly OtherLine[] }
  | (UnmetFault & { readonly other: readonly OtherLine[] })
  | Exclude<StepFault, UnmetFault>;

/** Whether a step did what the lesson expects. */
export function isDone({ kind }: Comparison): boolean {
  return kind === 'same' || kind === 'fits';
}

/**
 * Compares a step that was run elsewhere with its recording.
 * @param declared masks of the lesson
 */
export function compareResult(
  { fault, ...result }: Pick<StepResult, 'fault'> & ComparedResult,
  recorded: ComparedResult,
  declared: readonly NamedMask[],
): Comparison {
  if (fault !== undefined && fault.kind !== 'unmet') return fault;
  if (sameScreen(result.screen, recorded.screen, declared)) return { kind: 'same' };
  const other = otherLines(recorded.screen, result.screen, declared);
  return fault === undefined ? { kind: 'fits', other } : { ...fault, other };
}

/**
 * Maximum number of differing lines for which a diff is computed. The time grows with its square,
 * to a quarter of a second in a browser tab.
 */
const MOST_EDITS = 1000;

/** The lines that are not on both screens, in screen order; all lines if too few are common. */
function otherLines(recorded: string, yours: string, declared: readonly NamedMask[]): OtherLine[] {
  const [a, b] = [recorded, yours].map((text) =>
    comparable(text, declared).map((line) => line.text),
  );
  if (a === undefined || b === undefined) return [];
  const all = [
    { removed: true, added: false, value: a },
    { removed: false, added: true, value: b },
  ];
  return (diffArrays(a, b, { maxEditLength: MOST_EDITS }) ?? all)
    .filter(({ removed, added }) => removed || added)
    .flatMap(({ removed, value }) =>
      value.map((text) => ({ side: removed ? 'recorded' : 'yours', text })),
    );
}
