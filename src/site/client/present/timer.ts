import { element } from '../element.ts';
import { countdown } from './position.ts';

/**
 * The time left for a task, which both windows show.
 * @param label accessible name
 * @returns its element, and a function that shows the time until `due`, in milliseconds; undefined
 *   hides it
 */
export function taskTimer(label: string): {
  readonly element: HTMLElement;
  readonly show: (due: number | undefined) => void;
} {
  const timer = element('p', { className: 'timer', role: 'timer', ariaLabel: label, hidden: true });
  const show = (due: number | undefined) => {
    const now = Date.now();
    timer.hidden = due === undefined;
    timer.textContent = due === undefined ? '' : countdown(due, now);
    timer.classList.toggle('over', due !== undefined && due <= now);
  };
  return { element: timer, show };
}
