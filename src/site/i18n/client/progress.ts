import type { Language } from '../languages.ts';

/** Why a text is not a reader's progress. */
export type ProgressFault =
  | { readonly kind: 'notJson' | 'notOurs' | 'noLessons' }
  /** The lesson with this id has no list of steps. */
  | { readonly kind: 'noSteps'; readonly id: string }
  /** What was predicted in the lesson or the step with this name cannot be read. */
  | { readonly kind: 'noGuess'; readonly id: string }
  /** A value, as JSON, that is not a valid id of a lesson or step. */
  | { readonly kind: 'noId'; readonly value: string };

const en = {
  none: 'Nothing is marked yet.',
  all: (lessons: number) => `All ${lessons} lessons are done.`,
  some: (done: number, lessons: number, steps: number) =>
    `${done} of ${lessons} lessons done, ${steps} ${steps === 1 ? 'step' : 'steps'} ticked.`,
  added: 'The file was added.',
  notKept: 'This browser stores nothing: your progress applies to this page only.',
  refused: (fault: ProgressFault) => {
    switch (fault.kind) {
      case 'notJson':
        return 'The file is not JSON.';
      case 'notOurs':
        return 'This is not a progress file of this workshop (version 1).';
      case 'noLessons':
        return 'The file has no list of lessons.';
      case 'noSteps':
        return `The lesson ${fault.id} has no list of steps.`;
      case 'noGuess':
        return `The prediction of ${fault.id} cannot be read.`;
      case 'noId':
        return `This is not the id of a lesson or a step: ${fault.value}`;
    }
  },
  sure: 'Really erase?',
  erased: 'Erased.',
};

/** The texts of the progress panel in one language. */
export type ProgressWords = typeof en;

const es: ProgressWords = {
  none: 'Todavía no hay nada marcado.',
  all: (lessons) => `Las ${lessons} lecciones están hechas.`,
  some: (done, lessons, steps) =>
    `${done} de ${lessons} lecciones hechas, ${steps} ${steps === 1 ? 'paso marcado' : 'pasos marcados'}.`,
  added: 'Se añadió el archivo.',
  notKept: 'Este navegador no guarda nada: tu progreso vale solo en esta página.',
  refused: (fault) => {
    switch (fault.kind) {
      case 'notJson':
        return 'El archivo no es JSON.';
      case 'notOurs':
        return 'Este no es un archivo de progreso de este taller (versión 1).';
      case 'noLessons':
        return 'El archivo no tiene una lista de lecciones.';
      case 'noSteps':
        return `La lección ${fault.id} no tiene una lista de pasos.`;
      case 'noGuess':
        return `La predicción de ${fault.id} no se puede leer.`;
      case 'noId':
        return `Esto no es el id de una lección ni de un paso: ${fault.value}`;
    }
  },
  sure: '¿Borrar de verdad?',
  erased: 'Borrado.',
};

/**
 * The texts of the progress panel, by language. They are part of its code, which only start pages
 * load.
 */
export const PROGRESS_WORDS: Readonly<Record<Language, ProgressWords>> = { en, es };
