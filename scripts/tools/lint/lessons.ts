import { stepsOf, type Lesson } from '../../../src/core/lesson/model.ts';
import { CHECK_BEFORE } from '../../../src/core/lesson/task.ts';
import { PLACES_TO_FOLLOW } from '../../../src/core/lesson/schema.ts';
import { paragraphsOf } from '../../../src/core/lesson/prose.ts';
import type { Problem } from '../../../src/core/lesson/problem.ts';
import type { Lessons } from '../../../src/store/lessons.ts';
import { unbackedNumbers } from './numbers.ts';
import { hardToRead } from './readability.ts';
import { misspelt, openSpelling } from './spelling.ts';
import { missingWarnings } from './warnings.ts';

/**
 * Checks the language of lessons, their warnings, and that they say where they can be followed.
 * @param words correct words that are not in the dictionary
 */
export function lintLessons({ lessons, texts }: Lessons, words: readonly string[]): Problem[] {
  const spelling = openSpelling(words);
  return lessons.flatMap((lesson) => {
    const { id, file } = lesson;
    const paragraphs = paragraphsOf(texts.get(id) ?? '');
    return [
      ...unsaidWhereToFollow(lesson),
      ...taskWithoutCheck(lesson, texts.get(id) ?? ''),
      ...missingWarnings(lesson),
      ...unbackedNumbers(paragraphs, file),
      ...hardToRead(paragraphs, file),
      ...misspelt(paragraphs, file, spelling),
    ];
  });
}

function unsaidWhereToFollow({ file, frontMatter }: Lesson): Problem[] {
  if (frontMatter.follow !== undefined) return [];
  return [
    {
      file,
      line: 1,
      title: 'the lesson does not say where it can be followed',
      hint: `write follow: with one of ${PLACES_TO_FOLLOW.join(', ')} into its front matter`,
    },
  ];
}

function taskWithoutCheck(lesson: Lesson, text: string): Problem[] {
  const line = text.split('\n').indexOf('<YourTurn>') + 1;
  if (line === 0 || stepsOf(lesson).some(({ id }) => id === CHECK_BEFORE)) return [];
  return [
    {
      file: lesson.file,
      line,
      title: 'the task has no check',
      hint: 'add a ```check fence, with a line for each thing that the task leaves behind',
    },
  ];
}
