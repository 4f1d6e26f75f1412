import type { Language } from '../languages.ts';

const en = {
  present: 'Present this lesson',
  deck: 'Presentation',
  place: (slide: number, slides: number) => `${slide} / ${slides}`,
  back: 'Back',
  on: 'Next',
  black: 'Black',
  blackened: 'The screen is black. B shows it again.',
  timer: 'Time for the task',
  notes: 'Notes',
  noWindow: 'The browser did not open a second window. Allow it for this site, or open ?notes.',
  full: 'Full screen',
  leave: 'Leave',
  nextLesson: 'Next lesson',
  keys: 'PageDown: next · PageUp: back · B: black · A: answers · S: next slide · L: next lesson · T: time for the task · N: notes · F: full screen',
  presenter: 'For the presenter',
  now: 'Now',
  next: 'Next',
  last: 'This is the last slide.',
  pause: 'Now there is a break.',
  text: 'The text of the lesson',
  noNotes: 'There is no note here.',
  commands: (run: number, all: number) => `${run} of ${all} commands`,
  hints: (shown: number, all: number) => `${shown} of ${all} hints`,
  left: (minutes: number) => (minutes < 0 ? `${-minutes} min over time` : `${minutes} min left`),
  elapsed: (minutes: number, planned: number) => `${minutes} of ${planned} min`,
  minutes: 'Minutes for this lesson',
  restart: 'Start the clock again',
};

/** The texts of the presenter's view in one language. */
export type PresentWords = typeof en;

const es: PresentWords = {
  present: 'Presentar esta lección',
  deck: 'Presentación',
  place: (slide, slides) => `${slide} / ${slides}`,
  back: 'Atrás',
  on: 'Adelante',
  black: 'Negro',
  blackened: 'La pantalla está en negro. Con B vuelve a verse.',
  timer: 'Tiempo para la tarea',
  notes: 'Notas',
  noWindow: 'El navegador no abrió una segunda ventana. Permítelo para este sitio, o abre ?notes.',
  full: 'Pantalla completa',
  leave: 'Salir',
  nextLesson: 'Lección siguiente',
  keys: 'AvPág: adelante · RePág: atrás · B: negro · A: respuestas · S: diapositiva siguiente · L: lección siguiente · T: tiempo para la tarea · N: notas · F: pantalla completa',
  presenter: 'Para quien presenta',
  now: 'Ahora',
  next: 'Después',
  last: 'Es la última diapositiva.',
  pause: 'Ahora hay una pausa.',
  text: 'El texto de la lección',
  noNotes: 'Aquí no hay ninguna nota.',
  commands: (run, all) => `${run} de ${all} comandos`,
  hints: (shown, all) => `${shown} de ${all} pistas`,
  left: (minutes) => (minutes < 0 ? `${-minutes} min de más` : `quedan ${minutes} min`),
  elapsed: (minutes, planned) => `${minutes} de ${planned} min`,
  minutes: 'Minutos para esta lección',
  restart: 'Poner el reloj a cero',
};

/** The texts of the presenter's view, by language. They are part of its code. */
export const PRESENT_WORDS: Readonly<Record<Language, PresentWords>> = { en, es };
