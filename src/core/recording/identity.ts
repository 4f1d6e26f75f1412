import { sameScreen } from './compare.ts';
import { maskedParts } from './masked-parts.ts';
import type { NamedMask } from './masks.ts';

/** The screens of a lesson by step id, in the order of the lesson. */
export type Screens = ReadonlyMap<string, string>;

/** An id on a screen. */
export interface Sighting {
  /** Id of the step. */
  readonly step: string;
  /** 0-based line of its screen. */
  readonly line: number;
  readonly text: string;
}

/** One place of a lesson, in both recordings. */
export interface Place {
  readonly before: Sighting;
  readonly after: Sighting;
}

/**
 * Two places that show the same id in one recording and different ids in the other: `split` if the
 * ids were the same before, `joined` if they are the same after.
 */
export interface IdentityChange {
  readonly kind: 'split' | 'joined';
  readonly earlier: Place;
  readonly later: Place;
}

/**
 * Compares which ids of a lesson are the same. The masked ids on all its screens, typed lines
 * included, form classes; a truncated id belongs to the digest that it begins. Two recordings agree
 * if there is a one-to-one renaming between their ids. Rows of parallel work that differ in nothing
 * but their ids may be in any order.
 *
 * Steps that only one recording has, or whose text differs, are left out, since nothing tells which
 * of their ids correspond.
 * @param declared masks that the lesson declares
 * @returns the places where they disagree, ordered by the later one; empty if they agree
 */
export function identityChanges(
  before: Screens,
  after: Screens,
  declared: readonly NamedMask[] = [],
): IdentityChange[] {
  const steps = [...before.keys()].filter(
    (step) => after.has(step) && sameScreen(textOf(before, step), textOf(after, step), declared),
  );
  const [was = [], is = []] = [before, after].map((screens) => idsOf(screens, steps, declared));
  const [old, now] = [classesOf(was), classesOf(is)];
  const [lost, gained] = [unmatched(old, now), unmatched(now, old)];
  const found: Found[] = [
    ...apart(lost, old, now).map((pair): Found => ['split', ...pair]),
    ...apart(gained, now, old).map((pair): Found => ['joined', ...pair]),
  ];
  return (found.length > 0 ? found : ends(lost, gained))
    .sort(([, , a], [, , b]) => a.index - b.index)
    .flatMap(([kind, ...pair]) => {
      const [earlier, later] = pair.map(({ index }) => placeAt(was[index], is[index]));
      return earlier && later ? [{ kind, earlier, later }] : [];
    });
}

type Found = [kind: IdentityChange['kind'], earlier: Id, later: Id];

function placeAt(before: Id | undefined, after: Id | undefined): Place | undefined {
  return before && after && { before, after };
}

/** Whether a screen shows an id that is compared. */
export function showsIds(screen: string, declared: readonly NamedMask[] = []): boolean {
  return stepsById(new Map([['', screen]]), declared).length > 0;
}

/** For each id of a recording, the steps that show it. */
export function stepsById(
  screens: Screens,
  declared: readonly NamedMask[] = [],
): readonly (readonly string[])[] {
  const ids = idsOf(screens, [...screens.keys()], declared);
  return classesOf(ids).map((same) => [...new Set(same.map(({ step }) => step))]);
}

interface Id extends Sighting {
  /** Its position among all ids of the lesson. */
  readonly index: number;
  /** The position that stands for all rows that may be exchanged with its own. */
  readonly place: string;
}

/** All places of one id, in order. */
type Class = readonly Id[];

function textOf(screens: Screens, step: string): string {
  return screens.get(step) ?? '';
}

/** The ids of some steps, in the order in which screens are compared. */
function idsOf(
  screens: Screens,
  steps: readonly string[],
  declared: readonly NamedMask[],
): readonly Id[] {
  const ids: Id[] = [];
  for (const [index, step] of steps.entries())
    for (const { line, text, mask, place } of maskedParts(textOf(screens, step), declared))
      if (mask.isIdentity === true)
        ids.push({ step, line, text, index: ids.length, place: `${index}.${place}` });
  return ids;
}

/** Shorter hexadecimal numbers are too likely to begin a digest by chance. */
const TRUNCATED = /^[0-9a-f]{6,}$/;

function classesOf(ids: readonly Id[]): readonly Class[] {
  const names = ids.map(({ text }) => text.replace(/^sha256:/, ''));
  const wholes = new Map<string, string>();
  let last = '';
  // Sorted backwards, a number follows the numbers that it begins.
  for (const name of [...new Set(names)].sort().reverse()) {
    const begins = TRUNCATED.test(name) && last.startsWith(name);
    wholes.set(name, begins ? (wholes.get(last) ?? last) : name);
    last = name;
  }
  return [...Map.groupBy(ids, ({ index }) => wholes.get(names[index] ?? '')).values()];
}

/**
 * The places of a class that are together with no earlier one of it in the other recording, each
 * with the place before it. Rows in any order count only if the class has no other places, since
 * all of their ids are at one place.
 */
function apart(
  unmatched: readonly Class[],
  classes: readonly Class[],
  others: readonly Class[],
): [Id, Id][] {
  const isApart = (one: Id, other: Id) =>
    together(others, one, other) < together(classes, one, other);
  const at = Map.groupBy(classes.flat(), ({ place }) => place);
  const isFixed = ({ place }: Id) => at.get(place)?.length === 1;
  return unmatched.flatMap((ids) =>
    ids.flatMap((later, index): [Id, Id][] => {
      const before = ids.slice(0, index);
      const earlier = before.some(isFixed) ? before.filter(isFixed) : before;
      const last = earlier.at(-1);
      return last && earlier.every((id) => isApart(id, later)) ? [[last, later]] : [];
    }),
  );
}

/**
 * Where rows in any order hide which places disagree, the ends of a class that has no counterpart.
 */
function ends(lost: readonly Class[], gained: readonly Class[]): Found[] {
  const endsOf = (kind: Found[0], [first, ...rest]: Class): Found[] => {
    const last = rest.at(-1);
    return first && last ? [[kind, first, last]] : [];
  };
  return [
    ...lost.flatMap((ids) => endsOf('split', ids)),
    ...gained.flatMap((ids) => endsOf('joined', ids)),
  ].slice(0, 1);
}

/** The classes that have no counterpart with the same places in the other recording. */
function unmatched(classes: readonly Class[], others: readonly Class[]): Class[] {
  const free = new Map<string, number>();
  for (const other of others.map(signature)) free.set(other, (free.get(other) ?? 0) + 1);
  return classes.filter((ids) => {
    const left = free.get(signature(ids)) ?? 0;
    free.set(signature(ids), left - 1);
    return left <= 0;
  });
}

function signature(ids: Class): string {
  return ids.map(({ place }) => place).join(' ');
}

/** How many ids are at both places. */
function together(classes: readonly Class[], one: Id, other: Id): number {
  const isAt = (ids: Class, { place }: Id) => ids.some((id) => id.place === place);
  return classes.filter((ids) => isAt(ids, one) && isAt(ids, other)).length;
}
