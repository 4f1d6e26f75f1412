/**
 * Layout kind of a block: `shown` is what the prose is about (a step, a file), `wide` has the full
 * width, `text` may introduce what is shown after it, `other` prose may not.
 */
export type BlockKind = 'heading' | 'text' | 'other' | 'shown' | 'wide';

/** A part of a lesson: something shown with its prose, or prose alone. */
export type Stretch<T> =
  | {
      readonly kind: 'row';
      readonly before: readonly T[];
      readonly shown: readonly T[];
      readonly after: readonly T[];
    }
  | { readonly kind: 'alone'; readonly blocks: readonly T[] };

/**
 * Pairs what is shown with its prose, without changing the order. The paragraph right before it,
 * with its heading, is the introduction; the prose after it, up to the next introduction, is the
 * explanation. Prose of sections that show nothing stays alone. All prose of the section before the
 * first thing shown is its introduction.
 */
export function pairRows<T>(blocks: readonly T[], kindOf: (block: T) => BlockKind): Stretch<T>[] {
  const kinds = blocks.map(kindOf);
  const stretches: Stretch<T>[] = [];
  let open: { before: readonly T[]; shown: readonly T[] } | undefined;
  let at = 0;
  const close = (after: readonly T[]) => {
    if (open !== undefined) stretches.push({ kind: 'row', ...open, after });
    open = undefined;
  };
  const alone = (from: number, to: number) => {
    if (to > from) stretches.push({ kind: 'alone', blocks: blocks.slice(from, to) });
  };

  while (at < blocks.length) {
    const next = indexFrom(kinds, at, (kind) => kind === 'shown');
    const explanation = open === undefined ? at : explained(kinds, at, next);
    const ends = next === kinds.length;
    const intro = ends ? next : introduced(kinds, at, next, open === undefined);
    close(blocks.slice(at, Math.min(explanation, intro)));
    alone(Math.min(explanation, intro), intro);
    if (ends) break;
    const after = indexFrom(kinds, next, (kind) => kind !== 'shown');
    open = { before: blocks.slice(intro, next), shown: blocks.slice(next, after) };
    at = after;
  }
  close([]);
  return stretches;
}

/** End of the prose that explains what was shown before `from`. */
function explained(kinds: readonly BlockKind[], from: number, to: number): number {
  return Math.min(to, indexFrom(kinds, from, breaks));
}

/** Start of the prose that introduces what is shown at `to`. */
function introduced(kinds: readonly BlockKind[], from: number, to: number, first: boolean): number {
  const between = kinds.slice(from, to);
  const wide = from + between.lastIndexOf('wide') + 1;
  let heading = from + between.lastIndexOf('heading');
  while (heading > wide && kinds[heading - 1] === 'heading') heading--;
  const leads = between.slice(0, Math.max(heading - from, 0)).includes('heading');
  if (between.includes('heading') && heading >= wide) return first && !leads ? wide : heading;
  if (first || wide > from) return wide;
  return kinds[to - 1] === 'text' ? to - 1 : to;
}

function breaks(kind: BlockKind): boolean {
  return kind === 'heading' || kind === 'wide';
}

function indexFrom(
  kinds: readonly BlockKind[],
  from: number,
  wanted: (kind: BlockKind) => boolean,
): number {
  const found = kinds.findIndex((kind, index) => index >= from && wanted(kind));
  return found < 0 ? kinds.length : found;
}
