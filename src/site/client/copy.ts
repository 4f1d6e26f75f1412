import { announce } from './announce.ts';
import { button } from './element.ts';
import { ENGINE_CHOSEN, partsFor } from './for-reader.ts';
import { wordsFor } from './words.ts';

/** Milliseconds for which a button shows that it has copied. */
const SAID = 1600;

/**
 * Gives each command a button that copies only the command, without prompt and output. A step whose
 * commands all go to the same shell gets a button for all of them, and a file one for its whole
 * text.
 */
export function addCopyButtons(): void {
  for (const command of document.querySelectorAll<HTMLElement>('.cmd'))
    command.append(copyButton(command, 'one', () => typedText(command)));
  for (const step of document.querySelectorAll<HTMLElement>('.step')) {
    if (step.dataset['together'] !== undefined) {
      const all = () => partsFor(step, '.cmd').map(typedText).join('\n');
      step.querySelector('figcaption')?.append(copyButton(step, 'all', all));
    }
    shareTabStop(step);
  }
  for (const file of document.querySelectorAll<HTMLElement>('.code')) {
    const text = () => `${file.querySelector('code')?.textContent ?? ''}\n`;
    (file.querySelector('figcaption') ?? file).append(copyButton(file, 'one', text));
  }
}

/**
 * Makes the copy buttons of a step a single Tab stop; arrow keys move between them.
 * https://www.w3.org/WAI/ARIA/apg/practices/keyboard-interface/#kbd_roving_tabindex
 */
function shareTabStop(step: HTMLElement): void {
  const shown = () => partsFor(step, '.copy');
  const buttons = [...step.querySelectorAll<HTMLElement>('.copy')];
  const stop = (at: HTMLElement | undefined) => {
    for (const other of buttons) other.tabIndex = other === at ? 0 : -1;
  };
  const first = () => stop(shown()[0]);
  first();
  document.addEventListener(ENGINE_CHOSEN, first);
  for (const one of buttons) {
    one.addEventListener('focus', () => stop(one));
    one.addEventListener('keydown', (event) => {
      const move = MOVES[event.key];
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      shown()
        .at(Math.max(shown().indexOf(one) + move, 0))
        ?.focus();
    });
  }
}

const MOVES: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** The typed text of a command's block: its `data-copy` if the screen shows something else. */
function typedText(command: HTMLElement): string {
  const lines = Array.from(command.querySelectorAll('kbd'), (line) => line.textContent);
  return command.dataset['copy'] ?? lines.join('\n');
}

function copyButton(
  block: HTMLElement,
  kind: 'one' | 'all',
  text: () => string,
): HTMLButtonElement {
  const words = wordsFor(block).copy;
  const warning = block.closest('.step')?.querySelector('.warning')?.textContent.trim();
  const name = nameOf(block, kind, text()) + (warning === undefined ? '' : `. ${warning}`);
  const show = (textContent: string, ariaLabel: string) =>
    Object.assign(copy, { textContent, ariaLabel });
  const say = (said: string) => {
    show(said, said);
    announce(said);
    setTimeout(() => show(words[kind], name), SAID);
  };
  const write = async () =>
    isSecureContext
      ? navigator.clipboard.writeText(text())
      : (await import('./copy-plain.ts')).copyPlain(text());
  const press = () =>
    void write().then(
      () => say(words.done),
      () => say(words.refused),
    );
  const copy = button(words[kind], press, {
    className: kind === 'all' ? 'copy all' : 'copy',
    ariaLabel: name,
    ...(warning !== undefined && { title: warning }),
  });
  return copy;
}

function nameOf(block: HTMLElement, kind: 'one' | 'all', text: string): string {
  const words = wordsFor(block).copy;
  if (kind === 'all') return words.commands;
  if (block.closest('.check') !== null) return words.check;
  if (block.matches('.cmd')) return words.command(text);
  const file = block.dataset['file'];
  return file === undefined ? words.code : words.file(file);
}
