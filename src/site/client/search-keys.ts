import styles from '../styles/search.css?url';
import { loadStyles } from './styles.ts';

/**
 * Opens the search on the button, `/` and Ctrl-K. Loads it only then, and keeps what is typed
 * meanwhile.
 */
export function onSearchWanted(): void {
  /** Text typed while the search is loading; undefined if it is not. */
  let early: string | undefined;
  const open = () => {
    early ??= '';
    void Promise.all([import('./search.ts'), loadStyles(styles)])
      .then(([{ openSearch }]) => openSearch(early ?? ''))
      .finally(() => (early = undefined));
  };
  for (const button of document.querySelectorAll('[data-search]'))
    button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (early !== undefined && isPlain && event.key.length === 1) {
      early += event.key;
      event.preventDefault();
      return;
    }
    const slash = event.key === '/' && isPlain && !isWriting(event.target);
    const k =
      event.key.toLowerCase() === 'k' &&
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      !event.shiftKey;
    if (!slash && !k) return;
    event.preventDefault();
    open();
  });
}

/** Whether a key is typed into a field. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
