/**
 * The player's own controls speak English only: puts other words in their place, also where it changes them later.
 * @param place what the player is in; it takes its observer along when it is gone
 * @param words by the English ones; none for English
 */
export function replaceWords(place: HTMLElement, words: Readonly<Record<string, string>>): void {
  if (Object.keys(words).length === 0) return;
  const replace = () => {
    for (const element of place.querySelectorAll('.ap-control-bar [aria-label]')) {
      const word = words[element.getAttribute('aria-label') ?? ''];
      if (word !== undefined) element.setAttribute('aria-label', word);
    }
    for (const element of place.querySelectorAll('.ap-control-bar .ap-tooltip')) {
      const word = words[element.textContent];
      if (word !== undefined) element.textContent = word;
    }
  };
  replace();
  new MutationObserver(replace).observe(place, {
    subtree: true,
    childList: true,
    attributeFilter: ['aria-label'],
  });
}
