import { maskedParts, type MaskedPart } from './masked-parts.ts';
import { isBeyond } from './measures.ts';
import type { NamedMask } from './masks.ts';

/** A masked value that is not what it was by far: another order of magnitude, or another size. */
export interface ValueChange {
  /** 0-based line of the later screen. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Finds the masked values that are further apart than their masks tolerate, on two screens with the
 * same masked text (`sameScreen`). In rows of parallel work, the smallest value is compared with
 * the smallest one, and so on.
 * @param declared masks that the lesson declares
 */
export function valueChanges(
  before: string,
  after: string,
  declared: readonly NamedMask[] = [],
): ValueChange[] {
  const [old, now] = [readings(before, declared), readings(after, declared)];
  return [...now].flatMap(([place, values]) =>
    values.flatMap(({ value, part: { line, text, mask } }, index) => {
      const was = old.get(place)?.[index];
      if (was === undefined || mask.measures === undefined) return [];
      const isChanged = isBeyond(mask.measures, was.value, value);
      return isChanged ? [{ line, before: was.part.text, after: text }] : [];
    }),
  );
}

interface Reading {
  readonly value: number;
  readonly part: MaskedPart;
}

/** The values at each place, the smallest first. */
function readings(screen: string, declared: readonly NamedMask[]): Map<number, Reading[]> {
  const found = maskedParts(screen, declared).flatMap((part): Reading[] => {
    const value = part.mask.measures?.read(part.text, part.lineText, part.from);
    return value === undefined ? [] : [{ value, part }];
  });
  found.sort((a, b) => a.value - b.value);
  return Map.groupBy(found, ({ part }) => part.place);
}
