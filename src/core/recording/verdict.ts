import type { Step } from '../lesson/model.ts';
import { comparable, sameScreen } from './compare.ts';
import { measure, unmet, untyped, type Unmet } from './expectations.ts';
import type { NamedMask } from './masks.ts';
import type { CommandProof } from './proof.ts';

/** What a step came to where it was played once more. */
export interface Happened {
  /** Plain text of its final screen. */
  readonly screen: string;
  /** Where on it each command was typed. */
  readonly typed: readonly CommandProof['shown'][];
}

/** A line that only one of two screens has; both as they are compared, with what rightly differs masked. */
export interface OtherLine {
  readonly side: 'recorded' | 'yours';
  readonly text: string;
}

/** Whether what happened fits the lesson. */
export type Verdict =
  /** Masks apart, the screen is the recorded one. */
  | { readonly kind: 'same' }
  /** Another screen, which has all that the lesson expects. */
  | { readonly kind: 'fits'; readonly other: readonly OtherLine[] }
  | {
      readonly kind: 'unmet';
      readonly unmet: readonly Unmet[];
      readonly other: readonly OtherLine[];
    };

/**
 * Holds a step that was played in another place against its lesson, once its commands have ended as they should.
 * @param recorded what is committed of it
 * @param own masks of the lesson
 */
export function judge(
  step: Pick<Step, 'options'>,
  happened: Happened,
  recorded: Happened,
  own: readonly NamedMask[],
): Verdict {
  if (sameScreen(happened.screen, recorded.screen, own)) return { kind: 'same' };
  const output = untyped(happened.screen.split('\n'), happened.typed);
  const faults = [...unmet(step, output), ...measure(step, output).missing];
  const other = otherLines(recorded.screen, happened.screen, own);
  return faults.length === 0 ? { kind: 'fits', other } : { kind: 'unmet', unmet: faults, other };
}

/**
 * Holds what somebody did in their own way against a step that does it: the step's expectations decide, or, where it has none, whether
 * the same was printed.
 * @param output what their commands printed, without the typing
 */
export function judgeTask(
  step: Pick<Step, 'options'>,
  output: string,
  recorded: Happened,
  own: readonly NamedMask[],
): Verdict {
  const wanted = untyped(recorded.screen.split('\n'), recorded.typed);
  if (sameScreen(output, wanted, own)) return { kind: 'same' };
  const other = otherLines(wanted, output, own);
  const { expect, absent } = step.options;
  const faults = unmet(step, output);
  if (expect.length + absent.length > 0 && faults.length === 0) return { kind: 'fits', other };
  return { kind: 'unmet', unmet: faults, other };
}

/** What of two screens is not on both, in the order of the screens: a longest common subsequence is taken out. */
function otherLines(recorded: string, yours: string, own: readonly NamedMask[]): OtherLine[] {
  const [a, b] = [recorded, yours].map((text) => comparable(text, own).map((line) => line.text));
  if (a === undefined || b === undefined) return [];
  // lengths[i][j]: how much the rest of `a` from i and the rest of `b` from j have in common.
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined)
        row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const other: OtherLine[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      i++;
      j++;
    } else if (right === undefined || (left !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      other.push({ side: 'recorded', text: left ?? '' });
      i++;
    } else {
      other.push({ side: 'yours', text: right });
      j++;
    }
  }
  return other;
}
