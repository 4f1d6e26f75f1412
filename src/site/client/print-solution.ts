import { element } from './element.ts';

/**
 * On paper, the hints and the solution of a task stand at the end of the lesson, with links both
 * ways: they are unfolded there, and nobody should see them by accident.
 */
export function printSolutionLast(): void {
  const turn = document.querySelector<HTMLElement>('.turn:has(.solution)');
  const article = turn?.closest('article');
  if (!turn || !article) return;
  let back: (() => void)[] = [];
  addEventListener('beforeprint', () => {
    const folds = [...turn.querySelectorAll<HTMLElement>('.hint, .solution')];
    const titles = new Set(folds.map((fold) => fold.querySelector('summary')?.textContent ?? ''));
    const there = linkTo(SOLUTION, [...titles].join(', '));
    const here = linkTo(turn.id, turn.querySelector('.label')?.textContent ?? '');
    const places = folds.map((fold) => {
      const place = new Comment();
      fold.replaceWith(place);
      return () => place.replaceWith(fold);
    });
    const section = element('section', { id: SOLUTION, className: 'printed' }, here, ...folds);
    turn.append(there);
    article.append(section);
    back = [...places, () => there.remove(), () => section.remove()];
  });
  addEventListener('afterprint', () => {
    for (const undo of back) undo();
    back = [];
  });
}

/** An id that no step can have. */
const SOLUTION = '_solution';

function linkTo(id: string, textContent: string): HTMLElement {
  return element('p', {}, element('a', { href: `#${id}`, textContent }));
}
