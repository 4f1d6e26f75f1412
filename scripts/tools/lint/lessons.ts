import { paragraphsOf } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import { readLessons } from '../../../src/store/lessons.ts';
import { unbackedNumbers } from './numbers.ts';
import { hardToRead } from './readability.ts';
import { misspelt, openSpelling } from './spelling.ts';

/** All that can be said of lessons without playing them: whether they can be read, and how they read. */
export function lintLessons(folder: string): Problem[] {
  const { lessons, texts, problems } = readLessons(folder);
  const spelling = openSpelling();
  return [
    ...problems,
    ...lessons.flatMap(({ id, file }) => {
      const paragraphs = paragraphsOf(texts.get(id) ?? '');
      return [
        ...unbackedNumbers(paragraphs, file),
        ...hardToRead(paragraphs, file),
        ...misspelt(paragraphs, file, spelling),
      ];
    }),
  ];
}
