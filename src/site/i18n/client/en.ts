/** The texts that scripts add to pages. All languages have the keys of this module. */
export const en = {
  copy: {
    one: 'copy',
    all: 'copy all',
    command: (typed: string) => `Copy the command ${typed}`,
    commands: 'Copy all commands',
    check: 'Copy the check',
    file: (name: string) => `Copy ${name}`,
    code: 'Copy the code',
    done: 'copied',
    refused: 'not allowed',
  },
  play: {
    open: 'Play',
    close: 'Close',
    failed: 'No player',
    toOpen: (step: string) => `Play the recording of ${step}`,
    toClose: (step: string) => `Close the recording of ${step}`,
    toTry: (step: string) => `No player: it could not be loaded. Try again to play ${step}`,
  },
  progress: {
    done: 'done',
    played: 'played to the end',
    ticked: (id: string) => `Played to the end: ${id} is marked as done`,
    step: (id: string) => `Done: ${id}`,
  },
  predict: {
    right: 'Right',
    wrong: (letters: string) => `Not quite. Right: ${letters}`,
    mine: 'your prediction',
  },
  lab: {
    run: 'Run in my tab',
    toRun: (step: string) => `Run in my tab: ${step}`,
    failed: '(could not be loaded)',
  },
  pasted: {
    ask: 'Does mine look right?',
    askShort: 'Compare',
    failed: '(could not be loaded)',
  },
  theme: {
    system: 'Theme: system',
    light: 'Theme: light',
    dark: 'Theme: dark',
  },
  engine: (name: string) => `Screens of Docker Engine ${name}`,
  scrolls: 'Scrolls sideways',
};

/** The texts of scripts in one language. */
export type ClientWords = typeof en;
