import { button } from '../element.ts';
import { wordsFor } from '../words.ts';

/**
 * Offers at each step of a lesson to compare what the reader's terminal shows with it. Everything
 * else is loaded on the first press.
 */
export function offerComparison(): void {
  for (const step of document.querySelectorAll<HTMLElement>(
    '[data-lesson-page] .step[data-rows]',
  )) {
    const words = wordsFor(step).pasted;
    const ask = button(
      words.ask,
      () =>
        void import('./panel.ts').then(
          ({ togglePanel }) => togglePanel(step, ask),
          () => (ask.textContent = `${words.ask} ${words.failed}`),
        ),
      { className: 'compare', ariaLabel: `${words.ask} ${step.id}` },
    );
    step.querySelector('.about')?.after(ask);
  }
}
