import type { Language } from '../languages.ts';

const en = {
  name: 'Player',
  pause: 'Pause',
  goOn: 'Go on',
  replay: 'Replay',
  before: 'Command before',
  after: 'Next command',
  command: (number: number, typed: string) => `Command ${number}: ${typed}`,
  speed: 'Speed',
  keys: 'Space  ← →  Esc',
  /** What the player's own controls say, by what they say in English. */
  own: {} as Readonly<Record<string, string>>,
};

/** What the player says in one language. */
export type PlayerWords = typeof en;

const es: PlayerWords = {
  name: 'Reproductor',
  pause: 'Pausa',
  goOn: 'Seguir',
  replay: 'Repetir',
  before: 'Orden anterior',
  after: 'Orden siguiente',
  command: (number, typed) => `Orden ${number}: ${typed}`,
  speed: 'Velocidad',
  keys: 'Espacio  ← →  Esc',
  own: {
    Play: 'Reproducir',
    Pause: 'Pausa',
    'Toggle fullscreen mode': 'Pantalla completa',
    'Fullscreen (f)': 'Pantalla completa (f)',
  },
};

/** What the player says, by language: it comes with its code, which is loaded late. */
export const PLAYER_WORDS: Readonly<Record<Language, PlayerWords>> = { en, es };
