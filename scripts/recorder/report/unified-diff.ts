import type { AlignedPart, Alignment } from '../compare/align.ts';

const CONTEXT = 2;
/** Lines at either end of a screen that has almost nothing in common with the other one. */
const ENDS = 20;

/**
 * The masked difference of two screens, as the lines of a unified diff: each begins with `-`, `+`
 * or a blank.
 */
export function unifiedDiff(alignment: Alignment | undefined): string[] {
  const { parts = [], isUnrelated } = alignment ?? {};
  return parts.flatMap((part, index) => {
    const [removed, added] = [signed('-', part.before), signed('+', part.after)];
    if (isUnrelated) return [...ends(removed), ...ends(added)];
    if (!part.isSame) return [...removed, ...added];
    const [isFirst, isLast] = [index === 0, index === parts.length - 1];
    const lines = signed(' ', part.after);
    if (isFirst) return isLast ? [] : lines.slice(-CONTEXT);
    if (isLast) return lines.slice(0, CONTEXT);
    if (lines.length <= 2 * CONTEXT) return lines;
    return [...lines.slice(0, CONTEXT), '  …', ...lines.slice(-CONTEXT)];
  });
}

function signed(sign: string, lines: AlignedPart['before']): string[] {
  return lines.map(({ text }) => sign + text);
}

function ends(lines: readonly string[]): readonly string[] {
  const left = lines.length - 2 * ENDS;
  if (left <= 0) return lines;
  return [...lines.slice(0, ENDS), `  … ${left} lines`, ...lines.slice(-ENDS)];
}
