import { element } from './element.ts';

let live: HTMLElement | undefined;

/** Makes screen readers announce a text immediately. */
export function announce(text: string): void {
  live ??= document.body.appendChild(element('div', { className: 'heard', role: 'status' }));
  live.textContent = text;
}
