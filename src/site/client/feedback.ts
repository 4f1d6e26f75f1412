/**
 * Tells the form for feedback, when its link is followed, which Engine the reader has chosen and in
 * which step a button or link was used last; without one, the place in the address.
 */
export function fillFeedback(): void {
  let step: Element | null | undefined;
  addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    step = target.closest('.step') ?? step;
    const link = target.closest<HTMLAnchorElement>('[data-feedback]');
    if (link === null) return;
    const { engine } = document.documentElement.dataset;
    const form = new URL(link.href);
    const place = step?.isConnected ? step.id : decodeURIComponent(location.hash.slice(1));
    form.searchParams.set('step', place);
    if (engine) form.searchParams.set('engine', engine);
    link.href = form.href;
  });
}
