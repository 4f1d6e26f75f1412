import { lessonIdOf, splitName } from '../core/lesson/id.ts';
import { stepsOf, type Lesson } from '../core/lesson/model.ts';

/** A lesson to run, and the requested steps of it. */
export interface Selection {
  readonly lesson: Lesson;
  /** Step ids, in lesson order; absent to run all steps. */
  readonly steps?: readonly string[];
}

/**
 * Selects the lessons and steps that `LESSON` and `LESSON#STEP` arguments name, each lesson once;
 * all lessons if there are no arguments.
 * @throws {UsageError} if an argument names no lesson or step
 */
export function select(lessons: readonly Lesson[], names: readonly string[]): Selection[] {
  if (names.length === 0) return lessons.map((lesson) => ({ lesson }));
  const asked = names.map((name) => named(lessons, name));
  return [...new Set(asked.map(({ lesson }) => lesson))].map((lesson) => {
    const steps = asked.filter((one) => one.lesson === lesson).map(({ step }) => step);
    if (steps.includes(undefined)) return { lesson };
    return { lesson, steps: idsOf(lesson).filter((id) => steps.includes(id)) };
  });
}

function named(lessons: readonly Lesson[], name: string): { lesson: Lesson; step?: string } {
  const { lesson: path, step } = splitName(name);
  // A lesson may also be named by its file, since shells complete file names.
  const id = lessonIdOf(path);
  const lesson = lessons.find((candidate) => candidate.id === id);
  if (lesson === undefined)
    throw new UsageError(
      `there is no lesson ${id}`,
      `use one of ${lessons.map((known) => known.id).join(', ')}`,
    );
  if (step === undefined) return { lesson };
  const ids = idsOf(lesson);
  if (!ids.includes(step))
    throw new UsageError(
      `the lesson ${lesson.id} has no step ${step}`,
      `use one of ${ids.join(', ')}`,
    );
  return { lesson, step };
}

function idsOf(lesson: Lesson): string[] {
  return stepsOf(lesson).map(({ id }) => id);
}

/** The command line names something that does not exist. */
export class UsageError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
