import styles from '../styles/search.css?url';
import { loadStyles } from './styles.ts';

/** The button, `/` and Ctrl-K open the search; it is loaded only then. */
export function onSearchWanted(): void {
  const open = () =>
    void Promise.all([import('./search.ts'), loadStyles(styles)]).then(([{ openSearch }]) =>
      openSearch(),
    );
  document.querySelector('[data-search]')?.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const slash =
      event.key === '/' &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      !isWriting(event.target);
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
