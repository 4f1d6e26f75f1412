import type { Language } from '../languages.ts';

const en = {
  none: 'You have not finished a lesson yet. Once you mark one as done, its questions come here.',
  some: (right: number, all: number) =>
    `${right} of ${all} ${all === 1 ? 'prediction' : 'predictions'} right at the last try.`,
};

const es: typeof en = {
  none: 'Todavía no has terminado ninguna lección. Cuando marques una como hecha, sus preguntas aparecerán aquí.',
  some: (right, all) =>
    `${right} de ${all} ${all === 1 ? 'predicción acertada' : 'predicciones acertadas'} en el último intento.`,
};

/** The texts that the script of the recall page adds, by language. Only that page loads them. */
export const RECALL_WORDS: Readonly<Record<Language, typeof en>> = { en, es };
