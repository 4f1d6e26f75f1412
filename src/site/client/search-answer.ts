import type { Place } from './search-places.ts';
import type { Understood } from './search-spelling.ts';

/** What was found, and how the query was read. */
export interface Answer extends Pick<Understood, 'corrected' | 'unknown'> {
  /** Best first. */
  readonly places: readonly Place[];
}

/**
 * Finds the places that answer a query, at most as many as are wanted. Undefined if it was asked for another query
 * meanwhile.
 */
export type SearchEngine = (query: string, most: number) => Promise<Answer | undefined>;
