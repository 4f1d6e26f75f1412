import dictionary from 'dictionary-en';
import nspell from 'nspell';
import type { Paragraph } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import { WORDS_FILE } from '../../../src/store/reference.ts';

/**
 * Reads the English dictionary. This takes half a second, so do it once.
 * @param words correct words that are not in the dictionary
 */
export function openSpelling(words: readonly string[]): nspell {
  const spelling = nspell({ aff: Buffer.from(dictionary.aff), dic: Buffer.from(dictionary.dic) });
  for (const word of words) spelling.add(word);
  return spelling;
}

/** Reports words of a lesson's prose that are not in the dictionary or the project's list. */
export function misspelt(
  paragraphs: readonly Paragraph[],
  file: string,
  spelling: nspell,
): Problem[] {
  return paragraphs.flatMap(({ line, prose }) => {
    const text = prose.map((part) => (part.code ? ' ' : part.text)).join('');
    // A word with a digit is a name.
    const words = text.match(/(?<![\p{L}\d])\p{L}[\p{L}’']*(?<=\p{L})(?![\p{L}\d])/gu) ?? [];
    return words
      .map((word) => word.replaceAll('’', "'"))
      .filter((word) => !spelling.correct(word) && !spelling.correct(word.replace(/'s$/, '')))
      .map((word) => ({
        file,
        line,
        title: `unknown word: ${word}`,
        hint: `fix it${orElse(spelling.suggest(word))}, set it as code if it is a command, or add it to ${WORDS_FILE}`,
      }));
  });
}

function orElse(suggestions: readonly string[]): string {
  return suggestions.length === 0 ? '' : ` (${suggestions.slice(0, 3).join(', ')}?)`;
}
