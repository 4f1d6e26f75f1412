import { button } from '../../site/client/element.ts';
import { wordsFor } from '../../site/client/words.ts';

/**
 * Offers the browser lab with a button at the top of a lesson and at each step that runs in it.
 * Everything else is loaded on the first press.
 */
export function offerLab(): void {
  const open = document.querySelector<HTMLButtonElement>('[data-vm]');
  if (open === null) return;
  const words = wordsFor().lab;
  const press = async (step?: HTMLElement) => {
    try {
      const { openLab } = await import('./open.ts');
      await openLab(open, step);
    } catch {
      open.append(` ${words.failed}`);
    }
  };
  open.addEventListener('click', () => void press());
  for (const step of document.querySelectorAll<HTMLElement>('.step[data-runs]')) {
    const run = button(words.run, () => void press(step), {
      className: 'try',
      ariaLabel: words.toRun(step.id),
    });
    step.querySelector('.play')?.before(run);
  }
}
