import { announce } from './announce.ts';
import { wordsFor } from './words.ts';

/** The themes that a reader can choose; `system` is the default. */
type Theme = 'system' | 'light' | 'dark';

/**
 * Makes the button in the top bar cycle through the themes, starting with the one that the system
 * does not use so that the first press has a visible effect. Stores the choice.
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
      // Browsers that store nothing: the theme applies to this page only.
    }
    show(theme);
    announce(wordsFor().theme[theme]);
  });
}

/** The current theme, which the page's head has set before the first paint. */
function chosen(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Updates the button's label and the color of the browser's toolbars. */
function show(theme: Theme): void {
  const button = document.querySelector<HTMLElement>('[data-theme-toggle]');
  const name = wordsFor().theme[theme];
  if (button !== null) Object.assign(button, { ariaLabel: name, title: name });
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[data-scheme]')) {
    const { scheme } = meta.dataset;
    const asSystem = `(prefers-color-scheme: ${scheme ?? ''})`;
    meta.media = theme === 'system' ? asSystem : theme === scheme ? 'all' : 'not all';
  }
}
