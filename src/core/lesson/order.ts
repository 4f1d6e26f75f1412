import { PARTS, type FrontMatter } from './schema.ts';

/** What decides where a lesson stands in the workshop. */
export type Place = Pick<FrontMatter, 'part' | 'order'> & { readonly id: string };

/** Sorts lessons as they are read: by part, in it by their `order`, and those of the same by id. */
export function inReadingOrder<T>(lessons: readonly T[], placeOf: (lesson: T) => Place): T[] {
  return lessons.toSorted((one, other) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return (
      PARTS.indexOf(a.part) - PARTS.indexOf(b.part) || a.order - b.order || (a.id < b.id ? -1 : 1)
    );
  });
}
