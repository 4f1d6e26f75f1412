import { splitName } from '../lesson/id.ts';
import { stepsOf, type Lesson } from '../lesson/model.ts';

/** Whether a page shows the step that is named LESSON#STEP. */
export function showsStep(lessons: readonly Lesson[], name: string): boolean {
  const { lesson: id, step } = splitName(name);
  const lesson = lessons.find((known) => known.id === id);
  return (
    lesson !== undefined &&
    stepsOf(lesson).some((known) => known.id === step && !known.options.hide)
  );
}
