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
 * The places of the pages that were found, best first. A page is found if it has all words anywhere, which many pages
 * have: what counts is that they stand together. So first what was typed as it was typed, then the more of its words;
 * of equally good places a step before prose, since who searches for a command wants to see it used; then the better
 * page.
 * @param hits pages, best first
 */
export function rankedPlaces(query: string, hits: readonly PagefindHit[]): Place[] {
  const phrase = words(query);
  return hits
    .flatMap((hit) =>
      placesOf(hit)
        .map((place) => ({ place, score: scoreOf(place, phrase) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, OF_A_PAGE),
    )
    .sort((a, b) => b.score - a.score)
    .map(({ place }) => place);
}

function placesOf({ meta, sub_results: found = [] }: PagefindHit): Place[] {
  return found.map(({ title, url, excerpt, anchor }) => ({
    url,
    names: [meta.code, meta.title, anchor && title].filter((name) => name !== undefined),
    step: anchor?.element === 'figure',
    excerpt: pieces(excerpt),
  }));
}

function scoreOf({ excerpt, step }: Place, phrase: readonly string[]): number {
  const shown = words(excerpt.map(({ text }) => text).join(''));
  const whole = ` ${shown.join(' ')} `.includes(` ${phrase.join(' ')} `);
  const many = new Set(phrase.filter((word) => shown.includes(word))).size;
  return Number(whole) * 1000 + many * 2 + Number(step);
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
