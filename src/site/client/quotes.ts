/**
 * Lights up what a quote in the prose stands for on the screen, and the quote of what is pointed at
 * on the screen. A click keeps both lit until the next one.
 */
export function lightQuotes(): void {
  let lit: readonly Element[] = [];
  let kept: HTMLElement | undefined;
  const light = ({ target }: Event) => {
    for (const one of lit) one.classList.remove('lit');
    const end = endAt(target) ?? endAt(document.activeElement) ?? kept;
    lit = end === undefined ? [] : shownWith(end);
    for (const one of lit) one.classList.add('lit');
  };
  document.addEventListener('pointerover', light);
  document.addEventListener('focusin', light);
  document.addEventListener('click', (event) => {
    kept = endAt(event.target);
    if (kept !== undefined && isQuote(kept)) follow(kept, event);
    light(event);
  });
}

/** The end of a link at which something happens: a quote, or a part of a screen. */
function endAt(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[data-q]')) || undefined;
}

function isQuote(end: Element): end is HTMLAnchorElement {
  return end instanceof HTMLAnchorElement;
}

/** All ends of the links of an end, which are in the same text. */
function endsOf(end: HTMLElement): HTMLElement[] {
  const names = end.dataset['q']?.split(' ') ?? [];
  const selector = names.map((name) => `[data-q~="${name}"]`).join();
  return [...(end.closest('article')?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** The ends to light up: those that are shown, unless all of them are on the same side. */
function shownWith(end: HTMLElement): HTMLElement[] {
  const shown = endsOf(end).filter((one) => one.checkVisibility());
  return new Set(shown.map(isQuote)).size > 1 ? shown : [];
}

/**
 * Shows what a quote stands for. A pointer scrolls only as far as needed; keys follow the link.
 * What a prediction covers stays covered until the reader has guessed: the question is shown
 * instead.
 */
function follow(quote: HTMLAnchorElement, event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const parts = endsOf(quote).filter((one) => !isQuote(one));
  const ask = parts.map(askedBefore).find((one) => one !== undefined);
  if (ask !== undefined) {
    event.preventDefault();
    ask.querySelector('summary')?.focus({ preventScroll: true });
    ask.scrollIntoView({ block: 'nearest' });
    return;
  }
  for (const box of document.querySelectorAll('details'))
    if (parts.some((part) => box.contains(part))) box.open = true;
  if (event.detail > 0) {
    event.preventDefault();
    history.pushState(null, '', quote.hash);
  }
  requestAnimationFrame(() =>
    parts
      .find((part) => part.checkVisibility())
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
  );
}

/** The question that is to be answered before a part of a screen is shown, if there is one. */
function askedBefore(part: HTMLElement): HTMLElement | undefined {
  const cover = part.closest('.predict:not(.answered) > .cover:not([open])');
  return cover?.parentElement?.querySelector<HTMLElement>('.ask') ?? undefined;
}
