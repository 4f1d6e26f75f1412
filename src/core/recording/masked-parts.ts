import { comparable, cutAlike, isParallel } from './compare.ts';
import { findMasked, type NamedMask } from './masks.ts';

/** A masked part of a screen. */
export interface MaskedPart {
  /** 0-based line of the screen. */
  readonly line: number;
  /** The text of that line, and where in it the part begins. */
  readonly lineText: string;
  readonly from: number;
  readonly text: string;
  readonly mask: NamedMask;
  /** Index of the part. Parts of rows that may be exchanged have that of the first such row. */
  readonly place: number;
}

/**
 * The masked parts of a screen, in the order in which screens are compared: on screens with the
 * same masked text (`sameScreen`), parts of the same index correspond. Rows of parallel work that
 * differ in nothing but masked parts may be exchanged.
 * @param declared masks that the lesson declares
 */
export function maskedParts(screen: string, declared: readonly NamedMask[]): MaskedPart[] {
  const parts: MaskedPart[] = [];
  const lines = screen.split('\n');
  let [rowText, rowStart] = ['', 0];
  for (const row of comparable(screen, declared)) {
    const start = parts.length;
    const first = isParallel(row) && row.text === rowText ? rowStart : start;
    [rowText, rowStart] = [row.text, first];
    const lineText = cutAlike(lines[row.line] ?? '');
    for (const { from, to, mask } of findMasked(lineText, declared)) {
      const place = first + parts.length - start;
      parts.push({ line: row.line, lineText, from, text: lineText.slice(from, to), mask, place });
    }
  }
  return parts;
}
