import { announce } from './announce.ts';
import { wordsFor } from './words.ts';

/** What a reader may choose; `system` is what holds where nothing was chosen. */
type Theme = 'system' | 'light' | 'dark';

/**
 * The button in the bar at the top goes round the themes: first to the one that the system does not have, so that the
 * first press is seen. What was chosen is kept.
 */
export function addThemeToggle(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  show(chosen());
  document.querySelector('[data-theme-toggle]')?.addEventListener('click', () => {
    const round: Theme[] = system.matches
      ? ['system', 'light', 'dark']
      : ['system', 'dark', 'light'];
    const theme = round[(round.indexOf(chosen()) + 1) % round.length] ?? 'system';
    const { dataset } = document.documentElement;
    dataset['theme'] = theme === 'system' ? '' : theme;
    try {
      if (theme === 'system') localStorage.removeItem('theme');
      else localStorage.setItem('theme', theme);
    } catch {
      // A browser that keeps nothing: the theme holds for this page.
    }
    show(theme);
    announce(wordsFor().theme[theme]);
  });
}

/** What holds now: the head of the page has set it before the first paint. */
function chosen(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Names the theme on its button, and gives the browser's own bars its colour. */
function show(theme: Theme): void {
  const button = document.querySelector<HTMLElement>('[data-theme-toggle]');
  const name = wordsFor().theme[theme];
  button?.setAttribute('aria-label', name);
  button?.setAttribute('title', name);
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[data-scheme]')) {
    const { scheme } = meta.dataset;
    const asSystem = `(prefers-color-scheme: ${scheme ?? ''})`;
    meta.media = theme === 'system' ? asSystem : theme === scheme ? 'all' : 'not all';
  }
}
