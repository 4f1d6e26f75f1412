/** How long a button says that it has copied, in milliseconds. */
const SAID = 1600;

/** Gives each command a button that copies the command alone: no prompt, no output. */
export function addCopyButtons(): void {
  for (const command of document.querySelectorAll<HTMLElement>('.cmd')) {
    const typed = typedText(command);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'copy';
    button.setAttribute('aria-label', `Copy the command ${typed}`);
    button.addEventListener('click', () => void copy(button, typed));
    command.append(button);
  }
}

/** What a command's block says was typed; where the screen shows something else, the block says so apart. */
function typedText(command: HTMLElement): string {
  const lines = Array.from(command.querySelectorAll('kbd'), (line) => line.textContent);
  return command.dataset['copy'] ?? lines.join('\n');
}

async function copy(button: HTMLButtonElement, text: string): Promise<void> {
  const name = button.getAttribute('aria-label') ?? '';
  try {
    await navigator.clipboard.writeText(text);
    say(button, 'copied', name);
  } catch {
    say(button, 'not allowed', name);
  }
}

function say(button: HTMLButtonElement, word: string, name: string): void {
  button.textContent = word;
  button.setAttribute('aria-label', word);
  announce(word);
  setTimeout(() => {
    button.textContent = 'copy';
    button.setAttribute('aria-label', name);
  }, SAID);
}

let live: HTMLElement | undefined;

/** Screen readers read this out at once. */
function announce(text: string): void {
  if (live === undefined) {
    live = document.createElement('div');
    live.className = 'heard';
    live.setAttribute('role', 'status');
    document.body.append(live);
  }
  live.textContent = text;
}
