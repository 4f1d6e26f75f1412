import type { Language } from '../languages.ts';

const en = {
  name: (step: string) => `Player of ${step}`,
  recording: (step: string) => `Recording of ${step}`,
  pause: 'Pause',
  goOn: 'Resume',
  replay: 'Replay',
  spaceKey: 'Space; Escape closes the player',
  before: 'Previous command',
  after: 'Next command',
  command: (number: number, typed: string) => `Command ${number}: ${typed}`,
  position: 'Position',
  speed: 'Speed',
  full: 'Full screen',
};

/** The texts of the player in one language. */
export type PlayerWords = typeof en;

const es: PlayerWords = {
  name: (step) => `Reproductor de ${step}`,
  recording: (step) => `Grabación de ${step}`,
  pause: 'Pausa',
  goOn: 'Seguir',
  replay: 'Repetir',
  spaceKey: 'Espacio; Escape cierra el reproductor',
  before: 'Comando anterior',
  after: 'Comando siguiente',
  command: (number, typed) => `Comando ${number}: ${typed}`,
  position: 'Posición',
  speed: 'Velocidad',
  full: 'Pantalla completa',
};

/** The texts of the player, by language. They are part of its code, which is loaded on demand. */
export const PLAYER_WORDS: Readonly<Record<Language, PlayerWords>> = { en, es };
