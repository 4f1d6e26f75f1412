import type { ClientWords } from './en.ts';

/** The texts that scripts add to pages, in Spanish. */
export const es: ClientWords = {
  copy: {
    one: 'copiar',
    all: 'copiar todo',
    command: (typed) => `Copiar el comando ${typed}`,
    commands: 'Copiar todo: cada comando del paso',
    check: 'Copiar la comprobación',
    file: (name) => `Copiar ${name}`,
    code: 'Copiar el código',
    done: 'copiado',
    refused: 'no permitido',
  },
  play: {
    open: 'Ver',
    close: 'Cerrar',
    failed: 'Sin reproductor',
    toOpen: (step) => `Ver la grabación de ${step}`,
    toClose: (step) => `Cerrar la grabación de ${step}`,
    toTry: (step) => `Sin reproductor: no se pudo cargar. Intentar de nuevo con ${step}`,
  },
  progress: {
    done: 'hecho',
    played: 'visto hasta el final',
    ticked: (id) => `Visto hasta el final: ${id} queda marcado como hecho`,
    step: (id) => `Hecho: ${id}`,
  },
  predict: {
    right: 'Correcto',
    wrong: (letters) => `No del todo. Correcto: ${letters}`,
    mine: 'tu predicción',
  },
  lab: {
    run: 'En mi pestaña',
    toRun: (step) => `En mi pestaña: ${step}`,
    failed: '(no se pudo cargar)',
  },
  pasted: {
    ask: '¿Está bien lo mío?',
    askShort: 'Comparar',
    failed: '(no se pudo cargar)',
  },
  theme: {
    system: 'Tema: el del sistema',
    light: 'Tema: claro',
    dark: 'Tema: oscuro',
  },
  engine: (name) => `Pantallas de Docker Engine ${name}`,
  scrolls: 'Se desplaza hacia los lados',
};
