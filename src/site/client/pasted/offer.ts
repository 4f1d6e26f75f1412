import { button, element } from '../element.ts';
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
      '',
      () =>
        void import('./panel.ts').then(
          ({ togglePanel }) => togglePanel(step, ask),
          () => (ask.textContent = `${words.ask} ${words.failed}`),
        ),
      { className: 'compare', id: `${step.id}-compare` },
    );
    // One of the two is shown: on phones, the long one would not fit beside the others.
    ask.append(
      element('span', { className: 'long' }, words.ask),
      element('span', { className: 'short' }, words.askShort),
    );
    // What is shown, and the name of the step.
    ask.setAttribute('aria-labelledby', `${ask.id} ${step.id}`);
    step.querySelector('.about')?.after(ask);
  }
}
