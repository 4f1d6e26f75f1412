import { PARTS, type FrontMatter } from './schema.ts';

/** What determines a lesson's place in the workshop. */
export type Place = Pick<FrontMatter, 'part' | 'order' | 'after'> & { readonly id: string };

/** The section that lists the deep dives of all parts. */
export const DEEP_DIVES = 'Deep dives';

/** A part of the workshop that has lessons. */
export interface Part<T> {
  readonly letter: string;
  readonly title: FrontMatter['part'] | typeof DEEP_DIVES;
  /** In reading order, with the code on each lesson's box: `A1`. */
  readonly lessons: readonly { readonly code: string; readonly lesson: T }[];
}

/**
 * Sorts lessons into reading order. First comes the core path: by part, then by `order`, then by
 * id. Then come the deep dives: by the core lesson after which they make sense, then by `order`,
 * then by id.
 */
export function inReadingOrder<T>(lessons: readonly T[], placeOf: (lesson: T) => Place): T[] {
  const isCore = (lesson: T) => placeOf(lesson).after === undefined;
  const core = sorted(lessons.filter(isCore), placeOf, ({ part }) => PARTS.indexOf(part));
  const path = core.map((lesson) => placeOf(lesson).id);
  const dives = lessons.filter((lesson) => !isCore(lesson));
  return [...core, ...sorted(dives, placeOf, ({ after = '' }) => path.indexOf(after))];
}

function sorted<T>(
  lessons: readonly T[],
  placeOf: (lesson: T) => Place,
  rankOf: (place: Place) => number,
): T[] {
  return lessons.toSorted((one, other) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return rankOf(a) - rankOf(b) || a.order - b.order || (a.id < b.id ? -1 : 1);
  });
}

/**
 * The parts that have lessons, with their lessons and with consecutive letters. The last one is
 * {@link DEEP_DIVES}, if there are any.
 */
export function inParts<T>(lessons: readonly T[], placeOf: (lesson: T) => Place): Part<T>[] {
  const parts = Map.groupBy(inReadingOrder(lessons, placeOf), (lesson) => {
    const { part, after } = placeOf(lesson);
    return after === undefined ? part : DEEP_DIVES;
  });
  return [...parts].map(([title, inPart], index) => {
    const letter = String.fromCharCode('A'.charCodeAt(0) + index);
    return {
      letter,
      title,
      lessons: inPart.map((lesson, at) => ({ code: `${letter}${at + 1}`, lesson })),
    };
  });
}
