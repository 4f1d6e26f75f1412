import type { Language } from '../languages.ts';

const en = {
  name: 'Search the workshop',
  field: 'Search prose, commands and output',
  hint: 'Prose, commands and output of all lessons. Esc closes.',
  empty: 'Type a word or a command.',
  close: 'Close the search',
  corrected: (typed: string, word: string) => `No “${typed}” here; showing “${word}”.`,
  unknown: (word: string) => `No “${word}” here.`,
  absent: 'There is no search index: it is created by a build.',
  found: (hits: number, all: boolean) => {
    if (hits === 0) return 'Nothing found.';
    if (!all) return `The first ${hits} results.`;
    return hits === 1 ? '1 result.' : `${hits} results.`;
  },
};

/** The texts of the search in one language. */
export type SearchWords = typeof en;

const es: SearchWords = {
  name: 'Buscar en el taller',
  field: 'Buscar en el texto, los comandos y lo que muestra la terminal',
  hint: 'Texto, órdenes y terminal de todas las lecciones. Esc cierra.',
  empty: 'Escribe una palabra o un comando.',
  close: 'Cerrar la búsqueda',
  corrected: (typed, word) => `No hay «${typed}»; se muestra «${word}».`,
  unknown: (word) => `No hay «${word}».`,
  absent: 'No hay índice de búsqueda: se crea al construir el sitio.',
  found: (hits, all) => {
    if (hits === 0) return 'Sin resultados.';
    if (!all) return `Los primeros ${hits} resultados.`;
    return hits === 1 ? '1 resultado.' : `${hits} resultados.`;
  },
};

/** The texts of the search, by language. They are part of its code, which is loaded on demand. */
export const SEARCH_WORDS: Readonly<Record<Language, SearchWords>> = { en, es };
