import { PARTS, type FrontMatter } from './schema.ts';

/** What determines a lesson's place in the workshop. */
export type Place = Pick<FrontMatter, 'part' | 'order'> & { readonly id: string };

/** A part of the workshop that has lessons. */
export interface Part<T> {
  readonly letter: string;
  readonly title: FrontMatter['part'];
  /** In reading order, with the code on each lesson's box: `A1`. */
  readonly lessons: readonly { readonly code: string; readonly lesson: T }[];
}

/** Sorts lessons into reading order: by part, then by `order`, then by id. */
export function inReadingOrder<T>(lessons: readonly T[], placeOf: (lesson: T) => Place): T[] {
  return lessons.toSorted((one, other) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return (
      PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || a.order - b.order || (a.id < b.id ? -1 : 1)
    );
  });
}

/** The parts that have lessons, with their lessons and with consecutive letters. */
export function inParts<T>(lessons: readonly T[], placeOf: (lesson: T) => Place): Part<T>[] {
  const parts = Map.groupBy(inReadingOrder(lessons, placeOf), (lesson) => placeOf(lesson).part);
  return [...parts].map(([title, inPart], index) => {
    const letter = String.fromCharCode('A'.charCodeAt(0) + index);
    return {
      letter,
      title,
      lessons: inPart.map((lesson, at) => ({ code: `${letter}${at + 1}`, lesson })),
    };
  });
}
