import type { Language } from '../languages.ts';

const en = {
  none: 'Nothing is marked yet.',
  all: (lessons: number) => `All ${lessons} lessons are done.`,
  some: (done: number, lessons: number, steps: number) =>
    `${done} of ${lessons} lessons done, ${steps} ${steps === 1 ? 'step' : 'steps'} ticked.`,
  added: 'The file was added.',
  notKept: 'This browser keeps nothing: it holds for this page.',
  refused: (why: string) => why,
  sure: 'Really erase?',
  erased: 'Erased.',
};

/** What the panel of the reader's progress says in one language. */
export type ProgressWords = typeof en;

const es: ProgressWords = {
  none: 'Todavía no hay nada marcado.',
  all: (lessons) => `Las ${lessons} lecciones están hechas.`,
  some: (done, lessons, steps) =>
    `${done} de ${lessons} lecciones hechas, ${steps} ${steps === 1 ? 'paso marcado' : 'pasos marcados'}.`,
  added: 'Se añadió el archivo.',
  notKept: 'Este navegador no guarda nada: vale solo para esta página.',
  refused: (why) => `El archivo no sirve: ${why}`,
  sure: '¿Borrar de verdad?',
  erased: 'Borrado.',
};

/** What the panel says, by language: it comes with its code, which only the first pages load. */
export const PROGRESS_WORDS: Readonly<Record<Language, ProgressWords>> = { en, es };
