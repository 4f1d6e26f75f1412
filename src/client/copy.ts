import { announce } from './announce.ts';

/** How long a button says that it has copied, in milliseconds. */
const SAID = 1600;

/**
 * Gives each command a button that copies the command alone: no prompt, no output. A step of several commands gets one
 * for all of them, and a file one for all of its text.
 */
export function addCopyButtons(): void {
  for (const command of document.querySelectorAll<HTMLElement>('.cmd'))
    command.append(copyButton('copy', 'the command', () => typedText(command)));
  for (const step of document.querySelectorAll<HTMLElement>('.step')) {
    const commands = [...step.querySelectorAll<HTMLElement>('.cmd')];
    if (commands.length < 2) continue;
    const all = () => commands.map(typedText).join('\n');
    step.querySelector('figcaption')?.append(copyButton('copy all', 'all commands', all));
  }
  for (const file of document.querySelectorAll<HTMLElement>('.code')) {
    const text = () => `${file.querySelector('code')?.textContent ?? ''}\n`;
    (file.querySelector('figcaption') ?? file).append(
      copyButton('copy', file.dataset['file'] ?? 'the code', text),
    );
  }
}

/** What a command's block says was typed; where the screen shows something else, the block says so apart. */
function typedText(command: HTMLElement): string {
  const lines = Array.from(command.querySelectorAll('kbd'), (line) => line.textContent);
  return command.dataset['copy'] ?? lines.join('\n');
}

function copyButton(word: string, what: string, text: () => string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = word === 'copy' ? 'copy' : 'copy all';
  button.textContent = word;
  const name = what === 'the command' ? `Copy the command ${text()}` : `Copy ${what}`;
  button.setAttribute('aria-label', name);
  button.addEventListener('click', () => {
    const say = (said: string) => {
      button.textContent = said;
      button.setAttribute('aria-label', said);
      announce(said);
      setTimeout(() => {
        button.textContent = word;
        button.setAttribute('aria-label', name);
      }, SAID);
    };
    navigator.clipboard.writeText(text()).then(
      () => say('copied'),
      () => say('not allowed'),
    );
  });
  return button;
}
