/**
 * Shows where the reader is: marks the current section in the list, and names it in the sticky
 * line.
 */
export function followSections(): void {
  const yard = document.querySelector<HTMLElement>('.yard');
  const fold = yard?.querySelector('details') ?? null;
  if (yard === null || fold === null) return;
  const here = yard.querySelector('[data-here]');
  const lesson = here?.textContent ?? '';
  const links = [...yard.querySelectorAll<HTMLAnchorElement>('.sections a')];
  const headings = links.flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading === null ? [] : [{ link, heading }];
  });
  let marked: HTMLElement | undefined;
  const look = () => {
    // In the single HTML file, this page may be hidden.
    if (!yard.isConnected) return;
    // The last heading above the upper third of the window.
    const line = innerHeight / 3;
    const link = headings.findLast(
      ({ heading }) => heading.getBoundingClientRect().top < line,
    )?.link;
    if (link === marked) return;
    marked?.removeAttribute('aria-current');
    link?.setAttribute('aria-current', 'true');
    if (here !== null) here.textContent = link?.textContent ?? lesson;
    marked = link;
    if (link !== undefined) bringIntoSight(link);
  };
  // Jumps also cause scroll events; an observer of the headings would miss jumps that pass none.
  document.addEventListener('scroll', look, { passive: true });
  addEventListener('resize', look);
  const current = yard.querySelector<HTMLElement>('[aria-current="page"]');
  if (current !== null) bringIntoSight(current);
  look();
  closeLikeMenu(yard, fold);
}

/** Scrolls only the list that contains an element. */
function bringIntoSight(element: HTMLElement): void {
  const list = element.closest<HTMLElement>('.yard');
  if (list === null || list.scrollHeight <= list.clientHeight) return;
  const { top, bottom } = list.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  if (box.top < top || box.bottom > bottom)
    list.scrollTop += box.top - top - (list.clientHeight - box.height) / 2;
}

/** Closes the list that covers the text when it has been used or has lost the focus. */
function closeLikeMenu(yard: HTMLElement, fold: HTMLDetailsElement): void {
  // Beside the lesson, the whole list is visible, so it always counts as open.
  const beside = matchMedia('(min-width: 72rem)');
  const close = () => (fold.open = beside.matches);
  beside.addEventListener('change', close);
  close();
  yard.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a') !== null) close();
  });
  yard.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || fold.open === beside.matches) return;
    close();
    fold.querySelector('summary')?.focus();
  });
  yard.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !yard.contains(relatedTarget)) close();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !yard.contains(target)) close();
  });
}
