import { stepsOf } from '../core/lesson/model.ts';
import { majorOf } from '../core/recording/engines.ts';
import { outputsOf } from '../core/recording/outputs.ts';
import type { ShownError } from '../core/reference/error-index.ts';
import { errorsPrinted } from '../core/reference/printed-errors.ts';
import type { LessonRecording } from './recordings.ts';
import type { Variant } from './variants.ts';

/** The error messages in the steps that the page of a lesson shows, on all its Engines. */
export function shownErrors(
  reference: LessonRecording,
  variants: readonly Variant[],
): ShownError[] {
  const views = [reference, ...variants];
  return stepsOf(reference.lesson)
    .filter(({ options }) => !options.hide)
    .flatMap(({ id }) => {
      const found = views
        .filter(({ steps }) => steps.get(id)?.state === 'recorded')
        .map((view) => ({ view, errors: errorsOf(view, id) }));
      const messages = new Map(
        found.flatMap(({ errors }) => errors.map((error) => [error.message, error])),
      );
      return [...messages.values()].map((error): ShownError => {
        const here = found.filter(({ errors }) =>
          errors.some(({ message }) => message === error.message),
        );
        const engines = here.length === found.length ? [] : here.map(({ view }) => engineOf(view));
        return { ...error, engines };
      });
    });
}

/** The messages of a step in one recording. */
function errorsOf({ lesson, steps }: LessonRecording, id: string): Omit<ShownError, 'engines'>[] {
  const recording = steps.get(id);
  if (recording?.state !== 'recorded') return [];
  const { step, proof, screen } = recording;
  return outputsOf(proof, screen).flatMap(({ index, ...ended }) =>
    errorsPrinted(ended).map((message) => ({
      ...{ lesson: lesson.id, step: id, message, file: lesson.file },
      line: step.commands[index]?.line ?? step.line,
    })),
  );
}

function engineOf({ proof }: LessonRecording): string {
  return majorOf(proof?.lab.engine ?? '');
}
