import { announce } from './announce.ts';
import { button } from './element.ts';
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
    const commands = [...step.querySelectorAll<HTMLElement>('.cmd')];
    if (step.dataset['together'] !== undefined) {
      const all = () => commands.map(typedText).join('\n');
      step.querySelector('figcaption')?.append(copyButton(step, 'all', all));
    }
    shareTabStop([...step.querySelectorAll<HTMLElement>('.copy')]);
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
function shareTabStop(buttons: readonly HTMLElement[]): void {
  const stop = (at: number) => {
    for (const [index, other] of buttons.entries()) other.tabIndex = index === at ? 0 : -1;
  };
  stop(0);
  for (const [at, one] of buttons.entries()) {
    one.addEventListener('focus', () => stop(at));
    one.addEventListener('keydown', (event) => {
      const to = at + (MOVES[event.key] ?? 0);
      if (to === at || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      buttons[to]?.focus();
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
  const press = () =>
    void navigator.clipboard.writeText(text()).then(
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
  if (block.matches('.cmd')) return words.command(text);
  const file = block.dataset['file'];
  return file === undefined ? words.code : words.file(file);
}
