/**
 * Where there is no mouse to rest on a mark, a tap on one opens what the foot of its step says of the marks.
 */
export function explainMarks(): void {
  if (!matchMedia('(hover: none)').matches) return;
  for (const step of document.querySelectorAll('.step')) {
    const about = step.querySelector<HTMLDetailsElement>('.about');
    if (about === null) continue;
    step.querySelector('.screen')?.addEventListener('click', ({ target }) => {
      if (!(target instanceof Element) || target.closest('mark') === null) return;
      about.open = true;
      about.scrollIntoView({ block: 'nearest' });
    });
  }
}
