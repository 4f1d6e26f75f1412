/** What takes a reader's time in a lesson. */
export interface Work {
  /** Words of prose. */
  readonly words: number;
  /** Words on the screens of the steps. */
  readonly printed: number;
  /** Characters to type: commands and files. */
  readonly keys: number;
  /** Commands and files to type. */
  readonly commands: number;
  /** Milliseconds for which the commands were running when they were recorded. */
  readonly running: number;
}

/** Minutes that a lesson takes: only to read, and to type along as well. */
export interface LessonTime {
  readonly reading: number;
  readonly typing: number;
}

/**
 * Words per minute of readers who want to learn from a text, and of those who skim it. R. P.
 * Carver, Reading Rate: A Review of Research and Theory, 1990.
 */
const [LEARNING, SKIMMING] = [200, 450];

/**
 * Seconds for a key when codes are typed, not words, and for the preparation of a command. S. K.
 * Card, T. P. Moran, A. Newell, The keystroke-level model for user performance time with
 * interactive systems, 1980, https://doi.org/10.1145/358886.358895, operators K and M.
 */
const [KEY, PREPARATION] = [0.75, 1.35];

/** Typing speeds vary too much for single minutes. */
const COARSE = 5;

/** How long a lesson takes, in minutes: reading to the minute, typing along to five minutes. */
export function lessonTime(work: Work): LessonTime {
  const { reading, typing } = exactTime(work);
  return {
    reading: Math.max(1, Math.round(reading)),
    typing: Math.max(COARSE, Math.round(typing / COARSE) * COARSE),
  };
}

/** How long work takes, in minutes. */
export function exactTime({ words, printed, keys, commands, running }: Work): LessonTime {
  const reading = words / LEARNING + printed / SKIMMING;
  const typing = (keys * KEY + commands * PREPARATION + running / 1000) / 60;
  return { reading, typing: reading + typing };
}

/** Number of words of a text. */
export function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Minutes as hours and minutes, such as `1 h 20 min`; units have no language. */
export function hours(minutes: number): string {
  const [hour, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hour === 0) return `${rest} min`;
  return rest === 0 ? `${hour} h` : `${hour} h ${rest} min`;
}
