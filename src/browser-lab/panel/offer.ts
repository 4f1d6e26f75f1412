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
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'try';
    button.textContent = words.run;
    button.setAttribute('aria-label', words.toRun(step.id));
    button.addEventListener('click', () => void press(step));
    step.querySelector('.play')?.before(button);
  }
}
