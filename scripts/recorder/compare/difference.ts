import type { IdentityChange } from '../../../src/core/recording/identity.ts';
import { sameScreen } from '../../../src/core/recording/compare.ts';
import type { NamedMask } from '../../../src/core/recording/masks.ts';
import type { CommandProof } from '../../../src/core/recording/proof.ts';
import { screenText, type Screen } from '../../../src/core/recording/screen.ts';
import { changedStyles, type StyleChanges } from '../../../src/core/recording/styles.ts';
import { valueChanges, type ValueChange } from '../../../src/core/recording/values.ts';
import { replay } from '../../../src/core/recording/terminal.ts';
import type { StepRun } from '../run/step.ts';
import { align, type Alignment } from './align.ts';
import { pictureDifference, type PictureDifference } from './picture-difference.ts';

/** How two runs of a step differ; parts without a difference are absent or empty. */
export interface Difference {
  /** Indices of the commands that ended with another status. */
  readonly statuses: readonly number[];
  /** Whether other commands were typed. */
  readonly typing: boolean;
  /** The text of the screen, without what masks hide. */
  readonly text?: Alignment;
  /** Which ids are the same as others of the lesson; the later place of each is in this step. */
  readonly identity?: readonly IdentityChange[];
  /** Masked values that are far from what they were, on screens with the same text. */
  readonly values?: readonly ValueChange[];
  /** How the same text looks. */
  readonly appearance?: AppearanceDifference;
  readonly picture?: PictureDifference;
}

/** Why the same text looks different. */
export type AppearanceDifference =
  /** Another number of columns. */
  | { readonly kind: 'width'; readonly before: number; readonly after: number }
  /** The cast that was recorded does not show the recorded text. */
  | { readonly kind: 'cast' }
  /** Other colors or styles. */
  | { readonly kind: 'styles'; readonly before: MarkedScreen; readonly after: MarkedScreen };

/** A screen, and the parts of it that differ from another one. */
export interface MarkedScreen {
  readonly screen: Screen;
  readonly marks: StyleChanges;
}

/**
 * @param before a run, or what is recorded of one
 * @param masks those that the lesson declares
 * @param identity where the step's ids are concerned in a comparison of the whole lesson
 * @returns undefined if both show the same
 */
export async function differenceOf(
  before: StepRun,
  after: StepRun,
  masks: readonly NamedMask[],
  identity: readonly IdentityChange[] = [],
): Promise<Difference | undefined> {
  const statuses = otherStatuses(before.commands, after.commands);
  const typing =
    before.commands.length !== after.commands.length ||
    before.commands.some(({ typed }, index) => typed !== after.commands[index]?.typed);
  const sameText = sameScreen(before.screen, after.screen, masks);
  const appearance = sameText ? await appearanceDifference(before, after, masks) : undefined;
  const picture =
    before.picture && after.picture && pictureDifference(before.picture.bytes, after.picture.bytes);
  const values = sameText ? valueChanges(before.screen, after.screen, masks) : [];
  const isSameText = sameText && identity.length + values.length === 0;
  if (!typing && isSameText && statuses.length === 0 && !appearance && !picture) return undefined;
  return {
    statuses,
    typing,
    ...(!sameText && { text: align(before.screen, after.screen, masks) }),
    ...(identity.length > 0 && { identity }),
    ...(values.length > 0 && { values }),
    ...(appearance && { appearance }),
    ...(picture && { picture }),
  };
}

function otherStatuses(before: readonly CommandProof[], after: readonly CommandProof[]): number[] {
  const most = Math.max(before.length, after.length);
  return Array.from({ length: most }, (_, index) => index).filter(
    (index) => before[index]?.exit !== after[index]?.exit,
  );
}

async function appearanceDifference(
  before: StepRun,
  after: StepRun,
  masks: readonly NamedMask[],
): Promise<AppearanceDifference | undefined> {
  const [was, is] = [before.cast.header.term.cols, after.cast.header.term.cols];
  if (was !== is) return { kind: 'width', before: was, after: is };
  const [old, now] = [await replay(before.cast), await replay(after.cast)];
  if (screenText(old) !== before.screen) return { kind: 'cast' };
  const marks = changedStyles(old, now, masks);
  if (marks.after.size === 0) return undefined;
  return {
    kind: 'styles',
    before: { screen: old, marks: marks.before },
    after: { screen: now, marks: marks.after },
  };
}
