import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { keepAboveKeyboard } from './above-keyboard.ts';

/** Actions of the panel's buttons. */
export interface PanelActions {
  readonly about: () => void;
  readonly keep: () => void;
  readonly reset: () => void;
  /** Ends the machine and closes the panel. */
  readonly end: () => void;
}

/** The frame around the terminal at the bottom of the window, with status messages and buttons. */
export class Panel {
  readonly element = document.createElement('section');
  /** Container of the terminal. */
  readonly screen = document.createElement('div');
  /** Container below the terminal. */
  readonly foot = document.createElement('div');
  private readonly words: LabWords;
  private readonly status = document.createElement('p');
  private readonly message = document.createElement('div');
  private readonly bar = document.createElement('progress');
  private readonly stopFollowing = keepAboveKeyboard();
  private readonly buttons: Readonly<
    Record<'about' | 'keep' | 'reset' | 'tall' | 'fold', HTMLButtonElement>
  >;

  constructor(words: LabWords, actions: PanelActions) {
    this.words = words;
    const { element, status, message, bar, screen, foot } = this;
    element.className = 'lab';
    element.id = 'lab';
    element.setAttribute('aria-label', words.name);
    const title = document.createElement('h2');
    title.textContent = words.name;
    status.className = 'lab-status';
    status.setAttribute('role', 'status');
    this.buttons = {
      about: button(words.buttons.about, actions.about),
      keep: button(words.buttons.keep, actions.keep),
      reset: button(words.buttons.reset, actions.reset),
      tall: button(words.buttons.taller, () => this.setTall(!element.hasAttribute('data-tall'))),
      fold: button(words.buttons.fold, () => this.fold(!this.folded)),
    };
    const end = button(words.buttons.end, actions.end);
    const buttons = document.createElement('div');
    buttons.className = 'lab-buttons';
    buttons.append(...Object.values(this.buttons), end);
    const head = document.createElement('header');
    head.append(title, status, buttons);
    message.className = 'lab-message';
    bar.hidden = true;
    screen.className = 'lab-screen';
    foot.className = 'lab-foot';
    element.append(head, bar, message, screen, foot);
    this.state = 'loading';
    document.querySelector('#main')?.after(element);
    document.documentElement.classList.add('with-lab');
  }

  /** The style sheet shows what belongs to each state. */
  set state(state: 'loading' | 'asking' | 'running' | 'broken') {
    this.element.dataset['state'] = state;
    const isRunning = state === 'running';
    this.buttons.keep.disabled = !isRunning;
    // A stopped machine can be reset.
    this.buttons.reset.disabled = state === 'loading' || state === 'asking';
    this.bar.hidden = state !== 'loading';
    if (isRunning) this.message.replaceChildren();
  }

  /** Whether the panel has not been closed. */
  isOpen(): boolean {
    return this.element.isConnected;
  }

  get folded(): boolean {
    return this.element.hasAttribute('data-folded');
  }

  /** Shows a line beside the title, which screen readers announce. */
  say(text: string): void {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** Shows the loading progress, without announcing every step to screen readers. */
  progress(text: string, share: number): void {
    this.status.setAttribute('aria-live', 'off');
    this.say(text);
    this.bar.value = share;
    this.bar.setAttribute('aria-label', this.words.starting);
    this.bar.hidden = false;
  }

  /** Loading has finished: messages are announced again. */
  progressDone(): void {
    this.status.removeAttribute('aria-live');
    this.bar.hidden = true;
  }

  /** Asks before something is loaded; resolves with the reader's answer. */
  ask(text: string): Promise<boolean> {
    this.state = 'asking';
    return new Promise((resolve) => {
      const answer = (wanted: boolean) => () => {
        this.message.replaceChildren();
        resolve(wanted);
      };
      const yes = button(this.words.buttons.start, answer(true));
      this.message.replaceChildren(
        paragraph(text),
        yes,
        button(this.words.buttons.notNow, answer(false)),
      );
      yes.focus();
    });
  }

  /** Shows why the machine cannot run or has stopped. */
  fail(text: string): void {
    this.progressDone();
    this.state = 'broken';
    const alert = paragraph(text);
    alert.setAttribute('role', 'alert');
    this.message.replaceChildren(alert);
    this.say('');
  }

  fold(folded: boolean): void {
    this.element.toggleAttribute('data-folded', folded);
    const { fold } = this.buttons;
    fold.textContent = folded ? this.words.buttons.unfold : this.words.buttons.fold;
    fold.setAttribute('aria-expanded', String(!folded));
  }

  /** Moves the focus out of the terminal. */
  focusBar(): void {
    this.buttons.fold.focus();
  }

  remove(): void {
    this.stopFollowing();
    this.element.remove();
    document.documentElement.classList.remove('with-lab');
  }

  private setTall(tall: boolean): void {
    this.element.toggleAttribute('data-tall', tall);
    this.buttons.tall.textContent = tall ? this.words.buttons.lower : this.words.buttons.taller;
    this.fold(false);
  }
}

function button(text: string, act: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', act);
  return element;
}

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}
