import type { Place } from './search-places.ts';
import type { Understood } from './search-spelling.ts';

/** The results of a query, and how the query was interpreted. */
export interface Answer extends Pick<Understood, 'corrected' | 'unknown'> {
  /** Best first. */
  readonly places: readonly Place[];
}

/**
 * Finds at most `most` places that answer a query. Returns undefined if another query was made in
 * the meantime.
 */
export type SearchEngine = (query: string, most: number) => Promise<Answer | undefined>;
