import type { Hit } from './search-rank.ts';
import type { Understood } from './search-spelling.ts';
import { wordsOf } from './search-text.ts';

/** What has a place of its own, and is called something. */
export interface Named {
  readonly url: string;
  /** Stencilled code of the lesson, title of the page, heading of the section; what there is of them. */
  readonly names: readonly string[];
}

/** A section of a page as the index has it. */
export interface Section extends Named {
  /** Its text, split at blanks. */
  readonly words: readonly string[];
  /** Its terminals, in their order. */
  readonly steps: readonly {
    readonly id: string;
    /** Index of its first word, and of the first one behind it. */
    readonly from: number;
    readonly end: number;
  }[];
}

/** A stretch of a result's text; `hit` if it is what was searched for. */
export interface ExcerptPiece {
  readonly text: string;
  readonly hit: boolean;
}

/** A place that a search leads to. */
export interface Place {
  readonly url: string;
  /** Those of its section, and of the step if what was found stands in one. */
  readonly names: readonly string[];
  /** What was found was typed or printed in a terminal. */
  readonly printed: boolean;
  readonly excerpt: readonly ExcerptPiece[];
}

/** Of how many sections for each one that is shown the text is looked at. */
export const READ = 2;

/** Words that a result shows, and how many of them before the first hit. */
const SHOWN = 18;
const BEFORE = 4;

/** What a question has around a name: what is a layer, what does docker run do. */
const ASKING = new Set('what is are a an the does do mean'.split(' '));

/**
 * The places of sections that were found, best first. A section that has the name that is asked for comes before all
 * others, then what stands there as it was typed: the index knows `-it` as a plain word only.
 * @param read the query as it was understood
 * @param commands what is found by its whole name only
 */
export function placesOf(
  query: string,
  read: Pick<Understood, 'words' | 'unknown'>,
  found: readonly { readonly section: Section; readonly hits: readonly Hit[] }[],
  commands: readonly Named[],
): Place[] {
  const typed = ` ${query.toLowerCase().replace(/\s+/g, ' ')} `;
  const isThere = ({ words }: Section) => ` ${words.join(' ').toLowerCase()} `.includes(typed);
  const named = nameOf([...read.words, ...read.unknown]);
  const isNamed = ({ names }: Named) => nameOf(wordsOf(names.at(-1) ?? '')) === named;
  const order = (section: Section) => (isNamed(section) ? 0 : isThere(section) ? 1 : 2);
  return [
    ...commands
      .filter(isNamed)
      .map((command): Place => ({ ...command, printed: false, excerpt: [] })),
    ...found
      .toSorted((a, b) => order(a.section) - order(b.section))
      .map(({ section, hits }) => placeOf(section, hits)),
  ];
}

function nameOf(words: readonly string[]): string {
  return words.filter((word) => !ASKING.has(word)).join(' ');
}

/**
 * The place in a section where the most words of a query stand together. Prose behind a terminal leads to that
 * terminal, which is nearer than the heading.
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

/** Index of the hit from which on most of the query, by its weights, stands in one excerpt: as typed if it does. */
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
