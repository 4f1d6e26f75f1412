/**
 * On devices without hover, tapping a mark opens the explanation of marks at the bottom of its
 * step.
 */
export function explainMarks(): void {
  if (!matchMedia('(hover: none)').matches) return;
  for (const step of document.querySelectorAll('.step')) {
    const about = step.querySelector<HTMLDetailsElement>('.about');
    if (about === null) continue;
    step.addEventListener('click', ({ target }) => {
      if (!(target instanceof Element) || target.closest('.screen mark') === null) return;
      about.open = true;
      about.scrollIntoView({ block: 'nearest' });
    });
  }
}
