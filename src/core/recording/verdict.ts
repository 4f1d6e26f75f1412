import { diffArrays } from 'diff';
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

/**
 * Lines that one screen has and the other has not, up to which the common ones are looked for: the
 * time that this takes grows with the square, to a quarter of a second in a tab.
 */
const MOST_EDITS = 1000;

/** What of two screens is not on both, in the order of the screens; both, where too little is. */
function otherLines(recorded: string, yours: string, own: readonly NamedMask[]): OtherLine[] {
  const [a, b] = [recorded, yours].map((text) => comparable(text, own).map((line) => line.text));
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
