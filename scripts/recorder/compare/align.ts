import { diffArrays } from 'diff';
import { comparable, type ComparableLine } from '../../../src/core/recording/compare.ts';
import type { NamedMask } from '../../../src/core/recording/masks.ts';

/** With more lines, or words of a line, that only one side has, two texts count as unrelated. */
export const MOST_EDITS = 3000;

/** Two screens as they are compared, line beside line. */
export interface Alignment {
  readonly parts: readonly AlignedPart[];
  /** Next to nothing is on both: a single part holds all lines. */
  readonly isUnrelated: boolean;
}

/** Lines that both screens have, or those of each between two such parts. */
export interface AlignedPart {
  readonly isSame: boolean;
  readonly before: readonly ComparableLine[];
  readonly after: readonly ComparableLine[];
}

/** @param masks those that the lesson declares */
export function align(before: string, after: string, masks: readonly NamedMask[]): Alignment {
  const [old, now] = [comparable(before, masks), comparable(after, masks)];
  const changes = diffArrays(textsOf(old), textsOf(now), { maxEditLength: MOST_EDITS });
  if (changes === undefined)
    return { parts: [{ isSame: false, before: old, after: now }], isUnrelated: true };
  const parts: { isSame: boolean; before: ComparableLine[]; after: ComparableLine[] }[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of changes) {
    const isSame = !added && !removed;
    const last = parts.at(-1);
    const part = last?.isSame === isSame ? last : { isSame, before: [], after: [] };
    if (part !== last) parts.push(part);
    if (!added) part.before.push(...old.slice(i, (i += count)));
    if (!removed) part.after.push(...now.slice(j, (j += count)));
  }
  return { parts, isUnrelated: false };
}

function textsOf(lines: readonly ComparableLine[]): string[] {
  return lines.map(({ text }) => text);
}
