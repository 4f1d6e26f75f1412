import { distance } from 'fastest-levenshtein';
import { wordsOf } from './search-text.ts';

/** What was typed, as it is searched for. */
export interface Understood {
  /** Words that are looked up, in their order. */
  readonly words: readonly string[];
  /** Of these, what was corrected: how it was typed, and what it became. */
  readonly corrected: readonly { readonly typed: string; readonly word: string }[];
  /** What is nowhere, and like nothing that is. */
  readonly unknown: readonly string[];
}

/** A word with fewer letters than these is not corrected with so many mistakes in it. */
const LONG_ENOUGH = [1, 5, 8] as const;

/** Endings that make no other word, and the fewest letters that stand before them. */
const ENDINGS = ['ing', 'ed', 'es', 'er', 's'] as const;
const STEM = 3;

/** A word with fewer letters is not what another one was meant to be. */
const MEANT = 4;

/**
 * Reads a query by the words that can be found. A word that is among them is taken as it is, and so is a last one that
 * begins one of them; another one becomes the nearest of them if it is near enough, and else it is left out.
 * @param vocabulary all words that can be found, in small letters
 */
export function understood(query: string, vocabulary: ReadonlySet<string>): Understood {
  const words: string[] = [];
  const corrected: { typed: string; word: string }[] = [];
  const unknown: string[] = [];
  const all = wordsOf(query);
  for (const [index, typed] of all.entries()) {
    // The last word may be on its way.
    const mayGoOn = index === all.length - 1 && typed.length > 1;
    const isKnown = vocabulary.has(typed) || (mayGoOn && begins(typed, vocabulary));
    const word = isKnown ? typed : nearest(typed, vocabulary);
    if (word === undefined) unknown.push(typed);
    else words.push(word);
    if (word !== undefined && word !== typed) corrected.push({ typed, word });
  }
  return { words, corrected, unknown };
}

function begins(typed: string, vocabulary: ReadonlySet<string>): boolean {
  for (const word of vocabulary) if (word.startsWith(typed)) return true;
  return false;
}

function nearest(typed: string, vocabulary: ReadonlySet<string>): string | undefined {
  const stem = stemsOf(typed).find((word) => vocabulary.has(word));
  if (stem !== undefined) return stem;
  let best: string | undefined;
  let least = LONG_ENOUGH.findLastIndex((length) => typed.length >= length) + 1;
  for (const word of vocabulary) {
    // Numbers are not misspelt: a different digit makes a different number.
    if (/\d/.test(word) !== /\d/.test(typed) || word.length < MEANT) continue;
    const far = mistakes(typed, word);
    if (far < least && far > 0) [best, least] = [word, far];
  }
  return best;
}

/** What a word may be without its ending: attaching, attach; deleting, delete; stopping, stop. */
function stemsOf(typed: string): string[] {
  return ENDINGS.filter((ending) => typed.endsWith(ending))
    .map((ending) => typed.slice(0, -ending.length))
    .filter((cut) => cut.length >= STEM)
    .flatMap((cut) => [cut, `${cut}e`, cut.replace(/([^aeiou])\1$/, '$1')]);
}

/** How many mistakes make one word of another. Two letters that changed places are one mistake, a wrong first one is more. */
function mistakes(typed: string, word: string): number {
  if (Math.abs(typed.length - word.length) > 2) return Infinity;
  const other = typed[0] === word[0] ? 0 : 0.5;
  for (let at = 0; at < typed.length - 1; at++) {
    const swapped =
      typed.slice(0, at) + typed.charAt(at + 1) + typed.charAt(at) + typed.slice(at + 2);
    if (swapped === word) return 0.5;
  }
  return distance(typed, word) + other;
}
