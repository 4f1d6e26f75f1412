import type { Language } from '../languages.ts';

const en = {
  name: (step: string) => `Compare with ${step}`,
  label: 'Paste what your terminal shows at this step',
  private: 'It stays on this page: nothing is sent or stored.',
  close: 'Close',
  same: 'The same.',
  soFar: 'The same so far.',
  part: 'The step prints more than you pasted.',
  allowed: 'Different only where it may be.',
  yours: 'Yours:',
  here: 'Here:',
  nothingThere: '(nothing)',
  pulled: 'whether an image was pulled depends on what was there before',
  engine: (names: readonly string[]) => `As Engine ${names.join(' or ')} prints it.`,
  different: 'Really different. The first difference:',
  closest: (names: readonly string[]) =>
    `Compared with the screen of Engine ${names.join(' or ')}.`,
  error: 'An error that many meet.',
  shown: 'An error that this step shows as well, in other words.',
  source: 'Source',
  step: 'The step that shows it:',
  nothing: 'Nothing of this step was found.',
  other: 'It looks like this step:',
};

/** The texts of the comparison with pasted text in one language. */
export type PastedWords = typeof en;

const es: PastedWords = {
  name: (step) => `Comparar con ${step}`,
  label: 'Pega lo que tu terminal muestra en este paso',
  private: 'Se queda en esta página: no se envía ni se guarda nada.',
  close: 'Cerrar',
  same: 'Lo mismo.',
  soFar: 'Lo mismo hasta ahora.',
  part: 'El paso muestra más de lo que pegaste.',
  allowed: 'Distinto solo donde puede serlo.',
  yours: 'Lo tuyo:',
  here: 'Aquí:',
  nothingThere: '(nada)',
  pulled: 'que se descargue una imagen depende de lo que había antes',
  engine: (names) => `Tal como lo muestra Engine ${names.join(' o ')}.`,
  different: 'Distinto de verdad. La primera diferencia:',
  closest: (names) => `Comparado con la pantalla de Engine ${names.join(' o ')}.`,
  error: 'Un error con el que muchos tropiezan.',
  shown: 'Un error que este paso también muestra, con otras palabras.',
  source: 'Fuente',
  step: 'El paso que lo muestra:',
  nothing: 'No se encontró nada de este paso.',
  other: 'Parece de este paso:',
};

/** The texts of the comparison with pasted text, by language; only a press loads them. */
export const PASTED_WORDS: Readonly<Record<Language, PastedWords>> = { en, es };
