import { distance } from 'fastest-levenshtein';
import { wordsOf } from './search-text.ts';

/** An interpreted query. */
export interface Understood {
  /** Words to look up, in order. */
  readonly words: readonly string[];
  /** The corrected ones among them: as typed, and as corrected. */
  readonly corrected: readonly { readonly typed: string; readonly word: string }[];
  /** Words that do not occur and resemble none that do. */
  readonly unknown: readonly string[];
}

/** Minimum lengths of words in which fewer than 1, 2 and 3 mistakes are corrected. */
const LONG_ENOUGH = [1, 5, 8] as const;

/** Endings that do not change the word, and the minimum number of letters before them. */
const ENDINGS = ['ing', 'ed', 'es', 'er', 's'] as const;
const STEM = 3;

/** Minimum length of a correction. */
const MEANT = 4;

/**
 * Interprets a query by a vocabulary. Words in the vocabulary are kept, and so is a last word that
 * is the beginning of one. Any other word is replaced by the closest word if that is close enough,
 * and otherwise left out.
 * @param vocabulary all words that can be found, in lowercase
 */
export function understood(query: string, vocabulary: ReadonlySet<string>): Understood {
  const words: string[] = [];
  const corrected: { typed: string; word: string }[] = [];
  const unknown: string[] = [];
  const all = wordsOf(query);
  for (const [index, typed] of all.entries()) {
    // The last word may be unfinished.
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
    // Numbers are not corrected: a different digit is a different number.
    if (/\d/.test(word) !== /\d/.test(typed) || word.length < MEANT) continue;
    const far = mistakes(typed, word);
    if (far < least && far > 0) [best, least] = [word, far];
  }
  return best;
}

/**
 * Candidates for a word without its ending: attaching, attach; deleting, delete; stopping, stop.
 */
function stemsOf(typed: string): string[] {
  return ENDINGS.filter((ending) => typed.endsWith(ending))
    .map((ending) => typed.slice(0, -ending.length))
    .filter((cut) => cut.length >= STEM)
    .flatMap((cut) => [cut, `${cut}e`, cut.replace(/([^aeiou])\1$/, '$1')]);
}

/**
 * Number of mistakes between two words. Two swapped letters are one mistake; a wrong first letter
 * counts more.
 */
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
