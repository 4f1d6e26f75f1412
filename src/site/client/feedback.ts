/**
 * Tells the form for feedback, when its link is followed, in which step a button or link was used
 * last, or else the place in the address, and which Engine the reader has chosen.
 */
export function fillFeedback(): void {
  let step: Element | null | undefined;
  addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    step = target.closest('.step') ?? step;
    const link = target.closest<HTMLAnchorElement>('.again[rel]');
    if (link === null) return;
    const place = step?.isConnected ? step.id : location.hash.slice(1);
    const { engine = '' } = document.documentElement.dataset;
    link.href = `${link.href.split('&step')[0]}&step=${place}&engine=${engine}`;
  });
}
