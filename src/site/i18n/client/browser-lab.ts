import type { Language } from '../languages.ts';

const en = {
  name: 'Your own Docker',
  terminal: 'Terminal of your own Docker. Press Escape twice to leave it.',
  tooMuch: 'There is more output. Read the lines of the terminal.',
  leave: 'Esc Esc leaves the terminal',
  loading: (loaded: string, total: string, seconds: string) =>
    `Loading ${loaded} of ${total} MB · ${seconds} s`,
  starting: 'Starting …',
  running: 'A Docker Engine runs in this tab.',
  resumed: 'Your Docker is as you left it here. Reset starts afresh.',
  notSaved: (why: string) =>
    `What you do here cannot be saved, and is lost when the page is closed: ${why}`,
  resetting: 'Resetting …',
  wasReset: 'Reset to the initial state.',
  waiting:
    'Part of the disk cannot be fetched now. Trying again … If this persists, reload the page.',
  copied: 'Copied',
  buttons: {
    about: 'What runs here',
    keep: 'Keep for offline',
    reset: 'Reset',
    fold: 'Fold',
    unfold: 'Unfold',
    taller: 'Taller',
    lower: 'Lower',
    end: 'End',
    close: 'Close',
    start: 'Start it',
    notNow: 'Not now',
  },
  keep: {
    progress: (kept: string, total: string) => `Stored ${kept} of ${total} MB`,
    done: 'Everything is stored in this browser: it works offline.',
    failed: (why: string) => `Not everything can be stored: ${why}`,
  },
  ask: {
    data: (megabytes: string) =>
      `Your browser asks to save data. This loads ${megabytes} MB once, and more while you use it.`,
    memory: (megabytes: string) =>
      `This device reports less than 2 GB of memory. The machine needs about half a gigabyte, so ` +
      `your browser may close this tab. It loads ${megabytes} MB.`,
  },
  unable: {
    webAssembly:
      'This browser has no WebAssembly, which the machine needs. Current versions of Firefox, ' +
      'Chrome, Edge and Safari have it; some turn it off in a lockdown mode.',
    workers:
      'This browser has no web workers, in which the machine runs. All current browsers have them.',
    manifest: (why: string) => `What the machine needs cannot be loaded: ${why}`,
    fault: (why: string) => `The machine stopped: ${why}`,
  },
  about: {
    title: 'What runs here',
    what:
      'A real Docker Engine on a real Linux, in an emulated PC, in this tab. Nothing leaves your ' +
      'browser. It has no internet access.',
    saves:
      'What you do is saved in this browser shortly after each command, for each lesson by itself.',
    saved: (lesson: string, all: string) =>
      `What you did in this lesson is saved in this browser: ${lesson} MB (all lessons: ${all} MB).`,
    savesNothing: 'This browser saves nothing: what you do is lost when the page is closed.',
    forget: 'Delete it for all lessons',
    forgotten: 'Deleted. What you do on this page from now on is not saved.',
    versions: 'Versions',
    images: 'Images',
    built: (day: string) => `Built on ${day}.`,
    licences: 'Licences and source code',
    differs: 'How it differs from a stock Engine',
    steps: 'Steps of this lesson that do not run here',
    allRun: 'Every step of this lesson runs here.',
    taken: (fetched: string, parts: number, memory: string) =>
      `So far: ${fetched} MB fetched, ${parts} parts of the disk read, ${memory} MB of memory.`,
  },
  keys: {
    name: 'Keys',
    left: 'Left',
    down: 'Down',
    up: 'Up',
    right: 'Right',
    paste: 'Paste',
  },
  run: {
    now: (step: string) => `Running ${step} …`,
    before: (step: string, at: number, all: number) =>
      `Running earlier steps first: ${step}, ${at} of ${all} …`,
    start: 'Start here',
    toStart: (step: string) => `Start here: run the steps before ${step}`,
    earlier: 'Earlier steps',
    ready: (step: string) => `The steps before ${step} have been run: go on from here.`,
    busy: 'The terminal is busy: first end the program in it, with Ctrl+C or exit.',
    failedBefore: (step: string) => `The earlier step ${step} did not do what the lesson expects.`,
  },
  turn: {
    button: 'Check now',
  },
  ports: {
    offer: 'Look at',
    offered: (addresses: string) => `You can look at ${addresses} in a pane.`,
    name: 'What listens in the machine',
    address: 'Address',
    back: 'Back',
    reload: 'Reload',
    page: (address: string) => `The page at ${address}`,
    loading: (address: string) => `Loading ${address} …`,
    scripts: 'The scripts of this page do not run here.',
    outside: (address: string) =>
      `${address} is not in this machine, and your tab has no internet access.`,
    refused: (address: string) => `Nothing answers at ${address}.`,
    slow: (address: string, seconds: number) =>
      `${address} has not answered completely within ${seconds} s.`,
    large: (address: string, megabytes: string) =>
      `What ${address} sends is larger than ${megabytes} MB.`,
    protocol: (address: string) => `What listens at ${address} does not answer with HTTP.`,
    redirects: (address: string) => `${address} redirects too many times.`,
    file: (address: string, type: string) =>
      `The pane cannot show ${address}, which has the type ${type}.`,
    noFrame: 'The pane could not be loaded. It needs the site, so it does not work offline.',
  },
  refused: {
    here: (why: string, engine: string) => `Not in your tab. ${why} Tried with Engine ${engine}.`,
    programs: 'It needs programs that this small computer does not have.',
    network: 'It needs the internet, which your tab cannot reach.',
    untried: 'It has not been tried there since it changed.',
    images: (names: string) => `It needs images that the lab does not have: ${names}.`,
  },
  verdict: {
    same: 'Just as recorded.',
    fits: 'It did what the lesson expects.',
    unmet: 'Not what the lesson expects.',
    difference: 'What your tab printed differently',
    recorded: 'recorded',
    yours: 'your tab',
    status: (wanted: string, got: string) =>
      `It should end with status ${wanted}, and ended with ${got}.`,
    shows: (text: string) => `The screen should show ${text}.`,
    absent: (text: string) => `The screen should not show ${text}.`,
    ends: {
      timeout: 'It did not end in time.',
      incomplete: 'The shell is waiting for more input.',
      early: 'The shell considered the command complete before its last line.',
      keyless: 'It ended on its own before the keys were pressed.',
      flooded: 'It printed more than a step can show.',
      gone: 'The shell has ended.',
      reader: 'The program that should read this line is not open.',
      open: 'It still waits for the keyboard.',
      unended: 'It has not ended.',
      full: 'It printed more than the terminal keeps.',
    },
  },
};

/** The texts of the browser lab in one language. */
export type LabWords = typeof en;

const es: LabWords = {
  name: 'Tu propio Docker',
  terminal: 'Terminal de tu propio Docker. Pulsa Escape dos veces para salir de ella.',
  tooMuch: 'Hay más salida. Lee las líneas de la terminal.',
  leave: 'Esc Esc sale de la terminal',
  loading: (loaded, total, seconds) => `Cargando ${loaded} de ${total} MB · ${seconds} s`,
  starting: 'Arrancando …',
  running: 'En esta pestaña funciona un Docker Engine.',
  resumed: 'Tu Docker está como lo dejaste aquí. Con Reiniciar empiezas de cero.',
  notSaved: (why) =>
    `Lo que hagas aquí no se puede guardar, y se pierde al cerrar la página: ${why}`,
  resetting: 'Reiniciando …',
  wasReset: 'Todo está como al principio.',
  waiting:
    'Una parte del disco no se puede cargar ahora. Se intenta de nuevo … Si no se arregla, recarga la página.',
  copied: 'Copiado',
  buttons: {
    about: 'Qué hay aquí',
    keep: 'Guardar para usar sin conexión',
    reset: 'Reiniciar',
    fold: 'Plegar',
    unfold: 'Desplegar',
    taller: 'Más alto',
    lower: 'Más bajo',
    end: 'Terminar',
    close: 'Cerrar',
    start: 'Arrancar',
    notNow: 'Ahora no',
  },
  keep: {
    progress: (kept, total) => `Guardados ${kept} de ${total} MB`,
    done: 'Todo está guardado en este navegador: funciona sin conexión.',
    failed: (why) => `No se puede guardar todo: ${why}`,
  },
  ask: {
    data: (megabytes) =>
      `Tu navegador pide ahorrar datos. Esto carga ${megabytes} MB una vez, y algo más mientras lo usas.`,
    memory: (megabytes) =>
      `Este dispositivo dice tener menos de 2 GB de memoria. La máquina necesita cerca de medio gigabyte, así que el navegador podría cerrar la pestaña. Carga ${megabytes} MB.`,
  },
  unable: {
    webAssembly:
      'Este navegador no tiene WebAssembly, y la máquina lo necesita. Las versiones actuales de Firefox, Chrome, Edge y Safari lo tienen; algunas lo desactivan en un modo de aislamiento.',
    workers:
      'Este navegador no tiene web workers, en los que funciona la máquina. Todos los navegadores actuales los tienen.',
    manifest: (why) => `Lo que la máquina necesita no se puede cargar: ${why}`,
    fault: (why) => `La máquina se ha parado: ${why}`,
  },
  about: {
    title: 'Qué hay aquí',
    what: 'Un Docker Engine de verdad en un Linux de verdad, en un PC emulado, en esta pestaña. Nada sale de tu navegador. No tiene salida a internet.',
    saves:
      'Lo que haces se guarda en este navegador poco después de cada comando, por separado para cada lección.',
    saved: (lesson, all) =>
      `Lo que hiciste en esta lección está guardado en este navegador: ${lesson} MB (todas las lecciones: ${all} MB).`,
    savesNothing: 'Este navegador no guarda nada: lo que haces se pierde al cerrar la página.',
    forget: 'Borrar lo de todas las lecciones',
    forgotten: 'Borrado. Lo que hagas en esta página desde ahora no se guarda.',
    versions: 'Versiones',
    images: 'Imágenes',
    built: (day) => `Hecho el ${day}.`,
    licences: 'Licencias y código fuente (en inglés)',
    differs: 'En qué se diferencia de un Engine corriente',
    steps: 'Pasos de esta lección que no funcionan aquí',
    allRun: 'Todos los pasos de esta lección funcionan aquí.',
    taken: (fetched, parts, memory) =>
      `Hasta ahora: ${fetched} MB cargados, ${parts} partes del disco leídas, ${memory} MB de memoria.`,
  },
  keys: {
    name: 'Teclas',
    left: 'Izquierda',
    down: 'Abajo',
    up: 'Arriba',
    right: 'Derecha',
    paste: 'Pegar',
  },
  run: {
    now: (step) => `Ejecutando ${step} …`,
    before: (step, at, all) => `Primero, los pasos anteriores: ${step}, ${at} de ${all} …`,
    start: 'Empezar aquí',
    toStart: (step) => `Empezar aquí: ejecutar los pasos anteriores a ${step}`,
    earlier: 'Pasos anteriores',
    ready: (step) => `Los pasos anteriores a ${step} están hechos: sigue desde aquí.`,
    busy: 'La terminal está ocupada: termina antes el programa que hay en ella, con Ctrl+C o exit.',
    failedBefore: (step) => `El paso anterior ${step} no hizo lo que la lección espera.`,
  },
  turn: {
    button: 'Comprobar ahora',
  },
  ports: {
    offer: 'Ver',
    offered: (addresses) => `Puedes ver ${addresses} en un panel.`,
    name: 'Lo que escucha en la máquina',
    address: 'Dirección',
    back: 'Atrás',
    reload: 'Recargar',
    page: (address) => `La página de ${address}`,
    loading: (address) => `Cargando ${address} …`,
    scripts: 'Los scripts de esta página no se ejecutan aquí.',
    outside: (address) =>
      `${address} no está en esta máquina, y tu pestaña no tiene acceso a internet.`,
    refused: (address) => `Nada responde en ${address}.`,
    slow: (address, seconds) => `${address} no ha respondido del todo en ${seconds} s.`,
    large: (address, megabytes) => `Lo que envía ${address} ocupa más de ${megabytes} MB.`,
    protocol: (address) => `Lo que escucha en ${address} no responde con HTTP.`,
    redirects: (address) => `${address} redirige demasiadas veces.`,
    file: (address, type) => `El panel no puede mostrar ${address}, que es de tipo ${type}.`,
    noFrame:
      'El panel no se ha podido cargar. Necesita el sitio, así que no funciona sin conexión.',
  },
  refused: {
    here: (why, engine) => `No en tu pestaña. ${why} Probado con el Engine ${engine}.`,
    programs: 'Necesita programas que esta pequeña máquina no tiene.',
    network: 'Necesita internet, y tu pestaña no tiene salida.',
    untried: 'No se ha probado allí desde que cambió.',
    images: (names) => `Necesita imágenes que el laboratorio no tiene: ${names}.`,
  },
  verdict: {
    same: 'Tal como se grabó.',
    fits: 'Hizo lo que la lección espera.',
    unmet: 'No es lo que la lección espera.',
    difference: 'Lo que tu pestaña mostró de otra manera',
    recorded: 'grabado',
    yours: 'tu pestaña',
    status: (wanted, got) => `Debería terminar con el código ${wanted}, y terminó con ${got}.`,
    shows: (text) => `La pantalla debería mostrar ${text}.`,
    absent: (text) => `La pantalla no debería mostrar ${text}.`,
    ends: {
      timeout: 'No terminó a tiempo.',
      incomplete: 'El shell espera que escribas algo más.',
      early: 'El shell dio el comando por completo antes de su última línea.',
      keyless: 'Terminó por sí solo, antes de que se pulsaran las teclas.',
      flooded: 'Mostró más de lo que cabe en un paso.',
      gone: 'El shell ha terminado.',
      reader: 'El programa que debería leer esta línea no está abierto.',
      open: 'Todavía espera al teclado.',
      unended: 'No ha terminado.',
      full: 'Mostró más de lo que guarda la terminal.',
    },
  },
};

/**
 * The texts of the browser lab, by language. They are part of its code, which is loaded on demand.
 */
export const LAB_WORDS: Readonly<Record<Language, LabWords>> = { en, es };
