import { button, element } from '../../site/client/element.ts';
import type { LabWords } from '../../site/i18n/client/browser-lab.ts';

/** Keys that phones do not have, and what they send to the terminal (xterm's control sequences). */
const KEYS = [
  { name: 'Esc', sends: '\x1b' },
  { name: 'Tab', sends: '\t' },
  { name: '←', sends: '\x1b[D', word: 'left' },
  { name: '↓', sends: '\x1b[B', word: 'down' },
  { name: '↑', sends: '\x1b[A', word: 'up' },
  { name: '→', sends: '\x1b[C', word: 'right' },
] as const satisfies readonly {
  name: string;
  sends: string;
  word?: keyof LabWords['keys'];
}[];

/** Actions of the keys. */
export interface KeyActions {
  readonly type: (text: string) => void;
  /** Focuses the terminal, which also opens the phone's keyboard. */
  readonly focus: () => void;
}

/**
 * Keys below the terminal for devices without them. Ctrl applies to the next key, since keys are
 * pressed one at a time on a phone.
 */
export class ExtraKeys {
  readonly element: HTMLElement;
  private readonly ctrl: HTMLButtonElement;

  constructor(words: LabWords, { type, focus }: KeyActions) {
    this.ctrl = key('Ctrl', undefined, () => {
      this.hold(!this.held);
      focus();
    });
    this.hold(false);
    const each = KEYS.map((one) =>
      key(one.name, 'word' in one ? words.keys[one.word] : undefined, () => {
        type(one.sends);
        focus();
      }),
    );
    // Undefined over plain HTTP. Where pages cannot read it, the browser's own menu can still
    // paste.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const paste = key(words.keys.paste, undefined, () => {
      void clipboard?.readText().then(type, () => undefined);
      focus();
    });
    paste.hidden = clipboard === undefined;
    this.element = element(
      'div',
      { className: 'lab-keys', role: 'group', ariaLabel: words.keys.name },
      ...each.slice(0, 2),
      this.ctrl,
      ...each.slice(2),
      paste,
    );
  }

  /** The input to send for typed text: while Ctrl is held, the control character of a letter. */
  applied(text: string): string {
    if (!this.held) return text;
    this.hold(false);
    return /^[@-_a-z]$/.test(text)
      ? String.fromCharCode(text.toUpperCase().charCodeAt(0) & 31)
      : text;
  }

  private get held(): boolean {
    return this.ctrl.ariaPressed === 'true';
  }

  private hold(held: boolean): void {
    this.ctrl.ariaPressed = String(held);
  }
}

function key(name: string, label: string | undefined, press: () => void): HTMLButtonElement {
  const made = button(name, press, label === undefined ? {} : { ariaLabel: label });
  // A press must not take the focus, or the phone's keyboard closes.
  made.addEventListener('pointerdown', (event) => event.preventDefault());
  return made;
}
