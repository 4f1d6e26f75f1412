import type { Terminal } from '@xterm/xterm';
import { element } from '../../site/client/element.ts';

/**
 * Announces the output of an open terminal to screen readers, each piece once. xterm.js has a live
 * region for that (its AccessibilityManager.ts), but adds output to the text that is already there;
 * a screen reader such as Orca then reads the whole text again. This function hides that region and
 * copies what is new in it to a log. Both are emptied when the reader types or leaves the terminal.
 * @throws {Error} if the terminal has no such region
 */
export function logOutput(terminal: Terminal): void {
  const region = terminal.element?.querySelector('.live-region');
  if (region == null) throw new Error('xterm.js has no live region; has its version changed?');
  region.removeAttribute('aria-live');
  region.ariaHidden = 'true';
  const log = element('div', { className: 'heard', role: 'log' });
  region.after(log);
  let logged = '';
  new MutationObserver(() => {
    const text = region.textContent;
    if (!text.startsWith(logged) || text === '') {
      log.replaceChildren();
      logged = '';
    }
    const added = text.slice(logged.length);
    logged = text;
    if (added.trim() !== '') log.append(element('div', {}, added));
  }).observe(region, { childList: true });
}
