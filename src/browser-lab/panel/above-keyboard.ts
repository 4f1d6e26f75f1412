/**
 * Sets the CSS property `--keyboard` to the height that a phone's on-screen keyboard covers.
 * Browsers that resize the page for it, as the page requests (`interactive-widget`), cover nothing;
 * Safari covers the page.
 * @returns a function that stops it
 */
export function keepAboveKeyboard(): () => void {
  const shown = window.visualViewport;
  const { style } = document.documentElement;
  const follow = () => {
    // On a page zoomed with two fingers, the visible part is smaller for another reason.
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
