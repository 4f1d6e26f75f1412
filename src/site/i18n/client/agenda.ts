import type { Language } from '../languages.ts';

const en = {
  time: 'Time',
  what: 'What',
  minutes: 'Minutes',
  break: 'Break',
  lunch: 'Lunch',
  left: 'Questions, and what took longer',
  half: (time: string) => `Halfway, at about ${time}:`,
  present: 'present',
  over: (minutes: number) =>
    `It takes ${minutes} minutes too long: leave out a lesson, or plan more hours.`,
};

const es: typeof en = {
  time: 'Hora',
  what: 'Qué',
  minutes: 'Minutos',
  break: 'Descanso',
  lunch: 'Comida',
  left: 'Preguntas, y lo que haya durado más',
  half: (time) => `A la mitad, hacia las ${time}:`,
  present: 'presentar',
  over: (minutes) => `Dura ${minutes} minutos de más: deja fuera una lección o prevé más horas.`,
};

/** The texts of agendas, by language. Only their page loads them. */
export const AGENDA_WORDS: Readonly<Record<Language, AgendaWords>> = { en, es };

export type AgendaWords = typeof en;
