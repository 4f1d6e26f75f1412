import { lineOfField } from './front-matter.ts';
import { nameOf } from './id.ts';
import type { Moved } from './moved-text.ts';
import { placeOf, stepsOf, type Lesson, type Step } from './model.ts';
import type { Problem } from './problem.ts';

/** Where lessons and steps are now that used to have other addresses. */
export function movedIn(lessons: readonly Lesson[]): Moved {
  return Object.fromEntries(movesOf(lessons).map(({ was, now }) => [was, now]));
}

/**
 * Former addresses that are still in use, or that two lessons or steps claim.
 * @param texts the lessons' files, by id
 */
export function movedFaults(
  lessons: readonly Lesson[],
  texts: ReadonlyMap<string, string>,
): Problem[] {
  const taken = new Set(
    lessons.flatMap((lesson) => [
      lesson.id,
      ...stepsOf(lesson).map((step) => nameOf(lesson.id, step.id)),
    ]),
  );
  return movesOf(lessons).flatMap(({ was, lesson, step }) => {
    const isFree = !taken.has(was);
    taken.add(was);
    if (isFree) return [];
    const { id, file } = lesson;
    const place = step
      ? placeOf(lesson, step)
      : { file, line: lineOfField(texts.get(id) ?? '', 'formerly') };
    return {
      ...place,
      title: `the former address ${was} is taken`,
      hint: 'remove it from formerly',
    };
  });
}

interface Move {
  readonly was: string;
  readonly now: string;
  readonly lesson: Lesson;
  readonly step?: Step;
}

function movesOf(lessons: readonly Lesson[]): Move[] {
  return lessons.flatMap((lesson) => [
    ...(lesson.frontMatter.formerly ?? []).map((was) => ({ was, now: lesson.id, lesson })),
    ...stepsOf(lesson).flatMap((step) =>
      (step.options.formerly ?? []).map((was) => ({
        was,
        now: nameOf(lesson.id, step.id),
        lesson,
        step,
      })),
    ),
  ]);
}
