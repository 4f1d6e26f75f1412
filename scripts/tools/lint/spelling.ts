import dictionary from 'dictionary-en';
import nspell from 'nspell';
import type { Paragraph } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import { WORDS_FILE } from '../../../src/store/reference.ts';

/**
 * Reads the dictionary of English: half a second, so do it once.
 * @param words that are right and not in it
 */
export function openSpelling(words: readonly string[]): nspell {
  const spelling = nspell({ aff: Buffer.from(dictionary.aff), dic: Buffer.from(dictionary.dic) });
  for (const word of words) spelling.add(word);
  return spelling;
}

/** Words of a lesson's prose that neither the dictionary nor the project's list knows. */
export function misspelt(
  paragraphs: readonly Paragraph[],
  file: string,
  spelling: nspell,
): Problem[] {
  return paragraphs.flatMap(({ line, prose }) => {
    const text = prose.map((part) => (part.code ? ' ' : part.text)).join('');
    // A word with a digit is a name of something.
    const words = text.match(/(?<![\p{L}\d])\p{L}[\p{L}’']*(?<=\p{L})(?![\p{L}\d])/gu) ?? [];
    return words
      .map((word) => word.replaceAll('’', "'"))
      .filter((word) => !spelling.correct(word) && !spelling.correct(word.replace(/'s$/, '')))
      .map((word) => ({
        file,
        line,
        title: `the word ${word} is not known`,
        hint: `fix it${orElse(spelling.suggest(word))}, set it as code if it is a command, or add it to ${WORDS_FILE}`,
      }));
  });
}

function orElse(suggestions: readonly string[]): string {
  return suggestions.length === 0 ? '' : ` (${suggestions.slice(0, 3).join(', ')}?)`;
}
