/** The button in the bar at the top turns the theme over; what was chosen is kept. */
export function addThemeToggle(): void {
  const root = document.documentElement;
  document.querySelector('[data-theme-toggle]')?.addEventListener('click', () => {
    const dark =
      root.dataset['theme'] === 'dark' ||
      (root.dataset['theme'] !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    const theme = dark ? 'light' : 'dark';
    root.dataset['theme'] = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // A browser that keeps nothing: the theme holds for this page.
    }
  });
}
