import { pieces, type ExcerptPiece } from './excerpt.ts';

/** What of a hit of Pagefind is used: https://pagefind.app/docs/api-reference/ */
export interface PagefindHit {
  readonly meta: { readonly title?: string; readonly code?: string };
  /** Its places: the stretch before the first anchor, then one for each that holds a word. Absent if it has none. */
  readonly sub_results?: readonly {
    readonly title: string;
    readonly url: string;
    readonly excerpt: string;
    readonly anchor?: { readonly element: string };
  }[];
}

/** A place that a search leads to. */
export interface Place {
  readonly url: string;
  /** Stencilled code of the lesson, title of the page, and the section or the step. */
  readonly names: readonly string[];
  /** A step: what was found stands in its terminal. */
  readonly step: boolean;
  readonly excerpt: readonly ExcerptPiece[];
}

/** Places of one page that are shown: the others are seen there. */
const OF_A_PAGE = 3;

/**
 * The places of a hit, best first: where most of the words stand close together, which is what an excerpt shows; of
 * equally good ones a step before prose, since who searches for a command wants to see it used.
 */
export function placesOf({ meta, sub_results: found = [] }: PagefindHit): Place[] {
  return found
    .map(({ title, url, excerpt, anchor }) => ({
      url,
      names: [meta.code, meta.title, anchor && title].filter((name) => name !== undefined),
      step: anchor?.element === 'figure',
      excerpt: pieces(excerpt),
    }))
    .sort((a, b) => wordsIn(b) - wordsIn(a) || Number(b.step) - Number(a.step))
    .slice(0, OF_A_PAGE);
}

/** How many different words of those that were searched for a place shows. */
function wordsIn({ excerpt }: Place): number {
  const hits = excerpt.filter(({ hit }) => hit).map(({ text }) => text.toLowerCase());
  return new Set(hits).size;
}
