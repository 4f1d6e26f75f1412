/**
 * Tells the style sheet, as `--keyboard`, how much of the window's lower edge a phone's own keyboard covers. Browsers that make the page smaller
 * for it, as the page asks them to (`interactive-widget`), cover nothing; Safari covers the page.
 * @returns what ends it
 */
export function keepAboveKeyboard(): () => void {
  const shown = window.visualViewport;
  const { style } = document.documentElement;
  const follow = () => {
    // Of a page that was made larger with two fingers, too, only a part is in sight.
    const covered =
      shown?.scale === 1 ? Math.max(0, innerHeight - shown.height - shown.offsetTop) : 0;
    style.setProperty('--keyboard', `${Math.round(covered)}px`);
  };
  shown?.addEventListener('resize', follow);
  shown?.addEventListener('scroll', follow);
  return () => {
    shown?.removeEventListener('resize', follow);
    shown?.removeEventListener('scroll', follow);
    style.removeProperty('--keyboard');
  };
}
