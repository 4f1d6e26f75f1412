import { wordsFor } from '../words.ts';
import { decodeMoved } from '../../../core/lesson/moved-text.ts';
import {
  encodeProgress,
  NOTHING,
  progressRules,
  readKept,
  withMoved,
  type Progress,
} from './model.ts';

const KEY = 'progress';
/**
 * Key of the CSS rules for the current progress, which a page's head applies before the first
 * paint.
 */
const RULES = 'progress-rules';
/** Prefix of the keys under which unreadable texts are backed up before they are overwritten. */
const UNREAD = 'progress-unread-';

/** Progress that this browser would not store, kept while the page is open. */
let unkept: Progress | undefined;

/** The stored progress of this reader, as far as it can be read. */
export function loadProgress(): Progress {
  if (unkept !== undefined) return unkept;
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? NOTHING : current(readKept(text).progress);
  } catch {
    return NOTHING;
  }
}

/**
 * The progress under the current names of lessons and steps, of which pages know the former ones.
 */
export function current(progress: Progress): Progress {
  const moved = document.body.dataset['moved'];
  return moved === undefined ? progress : withMoved(progress, decodeMoved(moved));
}

/**
 * Stores the progress in this browser and shows it.
 * @returns false if this browser stores nothing
 */
export function saveProgress(progress: Progress): boolean {
  let kept = true;
  try {
    if (progress === NOTHING) erase();
    else {
      backUpUnread();
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

/**
 * Backs up an unreadable text. Throws if the browser has no space, so that nothing is overwritten.
 */
function backUpUnread(): void {
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
  // The first adopted style sheet is that of the progress, added by the page's head.
  const [sheet = new CSSStyleSheet(), ...others] = document.adoptedStyleSheets;
  sheet.replaceSync(rulesFor(progress));
  document.adoptedStyleSheets = [sheet, ...others];
  for (const listener of listeners) listener(progress);
}

function rulesFor(progress: Progress): string {
  return progressRules(progress, wordsFor().progress.done);
}

/** Keeps the page up to date while other windows, or an older copy of this page, write. */
export function followProgress(): void {
  show(loadProgress());
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY || key === null) show(loadProgress());
  });
  // A page restored from the back/forward cache has missed events.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) show(loadProgress());
  });
}
