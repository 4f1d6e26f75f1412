import type { Language } from '../languages.ts';

const en = {
  none: 'You have not finished a lesson yet. Once you mark one as done, its questions come here.',
  right: (right: number, tried: number) =>
    `${right} of ${tried} ${tried === 1 ? 'prediction' : 'predictions'} right at the last try.`,
  untried: (count: number) =>
    `${count} ${count === 1 ? 'prediction' : 'predictions'} not tried yet.`,
};

const es: typeof en = {
  none: 'Todavía no has terminado ninguna lección. Cuando marques una como hecha, sus preguntas aparecerán aquí.',
  right: (right, tried) =>
    `${right} de ${tried} ${tried === 1 ? 'predicción acertada' : 'predicciones acertadas'} en el último intento.`,
  untried: (count) => `${count} ${count === 1 ? 'predicción' : 'predicciones'} sin intentar.`,
};

/** The texts that the script of the recall page adds, by language. Only that page loads them. */
export const RECALL_WORDS: Readonly<Record<Language, typeof en>> = { en, es };
