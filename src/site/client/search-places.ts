import type { Hit, Ranked } from './search-rank.ts';
import type { Understood } from './search-spelling.ts';
import { wordsOf } from './search-text.ts';

/** Something with an address and names. */
export interface Named {
  readonly url: string;
  /** Code of the lesson, title of the page, heading of the section, as far as they exist. */
  readonly names: readonly string[];
}

/** A section of a page in the index. */
export interface Section extends Named {
  /** Whether its page is a lesson of the core path, a deep dive, or a page of reference. */
  readonly kind: 'core' | 'dive' | 'reference';
  /** Its text, split at whitespace. */
  readonly words: readonly string[];
  /** Its terminals, in order. */
  readonly steps: readonly {
    readonly id: string;
    /** Index of its first word, and of the first word after it. */
    readonly from: number;
    readonly end: number;
  }[];
}

/** A section, its score, and where in it the words of a query are. */
export type FoundSection = Pick<Ranked, 'score' | 'hits'> & { readonly section: Section };

/** A part of a result's text; `hit` if it matches the query. */
export interface ExcerptPiece {
  readonly text: string;
  readonly hit: boolean;
}

/** A place to which a search leads. */
export interface Place {
  readonly url: string;
  /** The names of its section, and of the step if the hit is in one. */
  readonly names: readonly string[];
  /** Whether the hit was typed or printed in a terminal. */
  readonly printed: boolean;
  readonly excerpt: readonly ExcerptPiece[];
}

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

/** Number of sections whose text is read for each one that is shown. */
export const READ = 2;

/** Number of words in an excerpt, and how many of them precede the first hit. */
const SHOWN = 18;
const BEFORE = 4;

/** Factor of the score of a deep dive: most readers want the core path, with the basics. */
const DEEP_DIVE = 0.9;

/** Minimum length of a word that is like the words that begin with it. */
const STEM = 3;

/** Words of questions around a name: what is a layer, what does docker run do. */
const ASKING = new Set('what is are a an the does do mean'.split(' '));

/**
 * The places of the found sections, best first. Sections whose name is the query come first, then
 * those that contain the query as typed, since the index knows `-it` only as a plain word. Among
 * these and among the others, scores decide: that of a section of a lesson is up to doubled by
 * words in its heading or in the title, and that of a deep dive is lower.
 * @param read the interpreted query
 * @param commands found only by their whole name
 */
export function placesOf(
  query: string,
  read: Pick<Understood, 'words' | 'unknown'>,
  found: readonly FoundSection[],
  commands: readonly Named[],
): Place[] {
  const typed = ` ${query.toLowerCase().replace(/\s+/g, ' ')} `;
  const isThere = ({ words }: Section) => ` ${words.join(' ').toLowerCase()} `.includes(typed);
  const named = nameOf([...read.words, ...read.unknown]);
  const isNamed = ({ names }: Named) => nameOf(wordsOf(names.at(-1) ?? '')) === named;
  const order = (section: Section) => (isNamed(section) ? 0 : isThere(section) ? 1 : 2);
  const scored = found.map((each) => ({ ...each, score: scoreOf(each, read.words) }));
  return [
    ...commands
      .filter(isNamed)
      .map((command): Place => ({ ...command, printed: false, excerpt: [] })),
    ...scored
      .toSorted((a, b) => order(a.section) - order(b.section) || b.score - a.score)
      .map(({ section, hits }) => placeOf(section, hits)),
  ];
}

/** The score of a section among others, by its names and the kind of its page. */
function scoreOf({ section, score, hits }: FoundSection, words: readonly string[]): number {
  if (section.kind === 'reference') return score;
  const names = section.names.flatMap((name) => wordsOf(name)).filter((word) => !ASKING.has(word));
  const weights = [...new Map(hits.map(({ word, weight }) => [words[word] ?? '', weight]))];
  const sum = (some: typeof weights) => some.reduce((all, [, weight]) => all + weight, 0);
  const named = sum(weights.filter(([word]) => names.some((name) => isLike(name, word))));
  return score * (1 + named / (sum(weights) || 1)) * (section.kind === 'dive' ? DEEP_DIVE : 1);
}

/** Whether one word is the other one, perhaps with an ending. */
function isLike(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length);
  return short === long || (short.length >= STEM && long.startsWith(short));
}

function nameOf(words: readonly string[]): string {
  return words.filter((word) => !ASKING.has(word)).join(' ');
}

/**
 * The place in a section where the most words of a query are together. Prose after a terminal leads
 * to that terminal, which is closer than the heading.
 */
function placeOf({ url, names, words, steps }: Section, hits: readonly Hit[]): Place {
  const first = densest(hits);
  const step = steps.findLast(({ from }) => from <= first);
  const printed = step !== undefined && first < step.end;
  const next = steps.find(({ from }) => from > first)?.from ?? words.length;
  const start = printed ? step.from : (step?.end ?? 0);
  const from = Math.max(first - BEFORE, start);
  const end = Math.min(from + SHOWN, printed ? step.end : next);
  const marked = new Set(hits.map(({ at }) => at));
  const pieces = words
    .slice(from, end)
    .map((text, index) => ({ text, hit: marked.has(from + index) }));
  return {
    url: step === undefined ? url : `${url.replace(/#.*/s, '')}#${step.id}`,
    names: printed ? [...names, step.id] : names,
    printed,
    excerpt: pieces.flatMap((piece, index) =>
      index === 0 ? [piece] : [{ text: ' ', hit: false }, piece],
    ),
  };
}

/**
 * Position of the hit with which the best excerpt starts: the one with the highest total weight,
 * then with the longest run of words as typed.
 */
function densest(hits: readonly Hit[]): number {
  let best = { at: 0, score: 0 };
  for (const hit of hits) {
    const near = hits.filter(({ at }) => at >= hit.at && at < hit.at + SHOWN - BEFORE);
    const different = new Map(near.map(({ word, weight }) => [word, weight]));
    const weight = [...different.values()].reduce((sum, each) => sum + each, 0);
    let run = 1;
    while (near.some(({ word, at }) => word === hit.word + run && at === hit.at + run)) run++;
    const score = weight * 1000 + run * 100 + near.length;
    if (score > best.score) best = { at: hit.at, score };
  }
  return best.at;
}
