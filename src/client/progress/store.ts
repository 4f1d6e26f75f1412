import { wordsFor } from '../words.ts';
import { encodeProgress, NOTHING, parseProgress, progressRules, type Progress } from './model.ts';

const KEY = 'progress';
/** The rules for the present progress: the head of a page applies them before its first paint. */
const RULES = 'progress-rules';

/** For a browser that keeps nothing: it holds as long as the page. */
let unkept: Progress = NOTHING;

/** What is kept of this reader; nothing if it cannot be read. */
export function loadProgress(): Progress {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? NOTHING : parseProgress(text);
  } catch {
    return unkept;
  }
}

/**
 * Keeps the progress in this browser, and shows it.
 * @returns false if this browser keeps nothing
 */
export function saveProgress(progress: Progress): boolean {
  let kept = true;
  try {
    if (progress === NOTHING) for (const key of [KEY, RULES]) localStorage.removeItem(key);
    else {
      localStorage.setItem(KEY, encodeProgress(progress));
      localStorage.setItem(RULES, rulesFor(progress));
    }
  } catch {
    unkept = progress;
    kept = false;
  }
  show(progress);
  return kept;
}

/** Calls back now and whenever the progress changes, on this page or in another window. */
export function onProgress(callback: (progress: Progress) => void): void {
  listeners.push(callback);
  callback(loadProgress());
}

const listeners: ((progress: Progress) => void)[] = [];

function show(progress: Progress): void {
  // Of the progress is the first one: the head of a page has put it there.
  const [sheet = new CSSStyleSheet(), ...others] = document.adoptedStyleSheets;
  sheet.replaceSync(rulesFor(progress));
  document.adoptedStyleSheets = [sheet, ...others];
  for (const listener of listeners) listener(progress);
}

function rulesFor(progress: Progress): string {
  return progressRules(progress, wordsFor().progress.done);
}

/** Keeps what the page shows true while other windows, or another version of this page, write. */
export function followProgress(): void {
  show(loadProgress());
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY || key === null) show(loadProgress());
  });
  // A page that comes back from the browser's memory has heard nothing meanwhile.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) show(loadProgress());
  });
}
