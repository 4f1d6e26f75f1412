import { paragraphsOf } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import type { Lessons } from '../../../src/store/lessons.ts';
import { unbackedNumbers } from './numbers.ts';
import { hardToRead } from './readability.ts';
import { misspelt, openSpelling } from './spelling.ts';
import { missingWarnings } from './warnings.ts';

/**
 * Checks the language and the warnings of lessons.
 * @param words correct words that are not in the dictionary
 */
export function lintLessons({ lessons, texts }: Lessons, words: readonly string[]): Problem[] {
  const spelling = openSpelling(words);
  return lessons.flatMap((lesson) => {
    const { id, file } = lesson;
    const paragraphs = paragraphsOf(texts.get(id) ?? '');
    return [
      ...missingWarnings(lesson),
      ...unbackedNumbers(paragraphs, file),
      ...hardToRead(paragraphs, file),
      ...misspelt(paragraphs, file, spelling),
    ];
  });
}
