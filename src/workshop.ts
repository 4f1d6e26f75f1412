import { getCollection, type CollectionEntry } from 'astro:content';
import { PARTS } from './lesson/schema.ts';

/** A lesson's place in the workshop. */
export interface Place {
  readonly entry: CollectionEntry<'lessons'>;
  /** Letter of its part and number in it, as stencilled on its box: `A1`. */
  readonly code: string;
}

/** A part of the workshop that has lessons. */
export interface Part {
  readonly letter: string;
  readonly title: string;
  readonly places: readonly Place[];
}

/** The workshop in reading order. */
export async function workshop(): Promise<Part[]> {
  const entries = await getCollection('lessons');
  return PARTS.map((title, index) => {
    const letter = String.fromCharCode('A'.charCodeAt(0) + index);
    const places = entries
      .filter((entry) => entry.data.part === title)
      .sort((a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1))
      .map((entry, at) => ({ entry, code: `${letter}${at + 1}` }));
    return { letter, title, places };
  }).filter(({ places }) => places.length > 0);
}
