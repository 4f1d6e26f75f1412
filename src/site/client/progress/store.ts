import { wordsFor } from '../words.ts';
import { encodeProgress, NOTHING, progressRules, readKept, type Progress } from './model.ts';

const KEY = 'progress';
/** The rules for the present progress: the head of a page applies them before its first paint. */
const RULES = 'progress-rules';
/** What could not be read as a whole is kept under this key and a number when it is overwritten. */
const UNREAD = 'progress-unread-';

/** What this browser would not keep: it holds as long as the page. */
let unkept: Progress | undefined;

/** What is kept of this reader, as far as it can be read. */
export function loadProgress(): Progress {
  if (unkept !== undefined) return unkept;
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? NOTHING : readKept(text).progress;
  } catch {
    return NOTHING;
  }
}

/**
 * Keeps the progress in this browser, and shows it.
 * @returns false if this browser keeps nothing
 */
export function saveProgress(progress: Progress): boolean {
  let kept = true;
  try {
    if (progress === NOTHING) erase();
    else {
      setUnreadAside();
      localStorage.setItem(KEY, encodeProgress(progress));
      localStorage.setItem(RULES, rulesFor(progress));
    }
    unkept = undefined;
  } catch {
    unkept = progress;
    kept = false;
  }
  show(progress);
  return kept;
}

function erase(): void {
  for (const key of Object.keys(localStorage))
    if (key === KEY || key === RULES || key.startsWith(UNREAD)) localStorage.removeItem(key);
}

/** Where a browser has no room for it, this throws, and nothing is overwritten. */
function setUnreadAside(): void {
  const text = localStorage.getItem(KEY);
  if (text === null || readKept(text).whole) return;
  let number = 1;
  while (localStorage.getItem(`${UNREAD}${number}`) !== null) number++;
  localStorage.setItem(`${UNREAD}${number}`, text);
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
