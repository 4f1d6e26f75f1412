import { announce } from './announce.ts';
import { ENGINE_CHOSEN } from './for-reader.ts';
import { wordsFor } from './words.ts';

/** Where the choice is stored; the page's head reads it before the first paint. */
const KEY = 'engine';

/**
 * Lets the reader choose the Engine whose screens the pages show. Only another one than the newest
 * is stored, so that a newer one becomes the default.
 */
export function addEngineChoice(): void {
  const choice = document.querySelector<HTMLSelectElement>('[data-engine-choice]');
  if (choice === null) return;
  const show = (engine: string) => {
    document.documentElement.dataset['engine'] = choice.value = engine;
    document.dispatchEvent(new Event(ENGINE_CHOSEN));
  };
  show(document.documentElement.dataset['engine'] ?? '');
  // From now on, it says what is shown, and can be used.
  choice.parentElement?.setAttribute('data-ready', '');
  const [newest = '', ...others] = Array.from(choice.options, ({ value }) => value);
  choice.addEventListener('change', () => {
    const { value } = choice;
    ifStored((kept) => (value === newest ? kept.removeItem(KEY) : kept.setItem(KEY, value)));
    show(value);
    announce(wordsFor().engine(value));
  });
  // Chosen in another tab, or on another page before the reader has come back to this one.
  const follow = () => {
    const kept = ifStored((storage) => storage.getItem(KEY));
    const engine = others.find((other) => other === kept) ?? newest;
    if (kept !== undefined && engine !== choice.value) show(engine);
  };
  window.addEventListener('storage', follow);
  window.addEventListener('pageshow', follow);
}

/** Some browsers store nothing: the choice then applies to one page only. */
function ifStored<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}
