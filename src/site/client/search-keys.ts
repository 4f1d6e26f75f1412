import styles from '../styles/search.css?url';
import { loadStyles } from './styles.ts';

/** The button, `/` and Ctrl-K open the search; it is loaded only then, and what is typed meanwhile is not lost. */
export function onSearchWanted(): void {
  /** Typed while the search is on its way; undefined if it is not. */
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

/** A slash typed into a field, or into the player (which has keys of its own), is not for us. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
