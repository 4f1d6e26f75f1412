import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { button, element } from '../../site/client/element.ts';
import { canWorkOffline } from '../offline/register.ts';
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
  readonly element: HTMLElement;
  /** Container of the terminal. */
  readonly screen = element('div', { className: 'lab-screen' });
  /** Container of the terminal's container, and of what is shown beside it. */
  readonly body = element('div', { className: 'lab-body' }, this.screen);
  /** Container below the terminal. */
  readonly foot = element('div', { className: 'lab-foot' });
  private readonly words: LabWords;
  private readonly status = element('p', { className: 'lab-status', role: 'status' });
  /** Takes the place of `status` while something loads; screen readers do not announce it. */
  private readonly loading = element('p', { className: 'lab-status', hidden: true });
  private readonly message = element('div', { className: 'lab-message' });
  private readonly bar = element('progress', { hidden: true });
  private readonly stopFollowing = keepAboveKeyboard();
  private readonly buttons: Readonly<
    Record<'about' | 'keep' | 'reset' | 'tall' | 'fold', HTMLButtonElement>
  >;

  constructor(words: LabWords, actions: PanelActions) {
    this.words = words;
    this.buttons = {
      about: button(words.buttons.about, actions.about),
      keep: button(words.buttons.keep, actions.keep, { hidden: !canWorkOffline() }),
      reset: button(words.buttons.reset, actions.reset),
      tall: button(words.buttons.taller, () => this.setTall()),
      fold: button(words.buttons.fold, () => this.fold(!this.folded)),
    };
    const end = button(words.buttons.end, actions.end);
    const buttons = [...Object.values(this.buttons), end];
    this.element = element(
      'section',
      { className: 'lab', id: 'lab', ariaLabel: words.name },
      element(
        'header',
        {},
        element('h2', {}, words.name),
        this.loading,
        this.status,
        element('div', { className: 'lab-buttons' }, ...buttons),
      ),
      this.bar,
      this.message,
      this.body,
      this.foot,
    );
    this.state = 'loading';
    document.querySelector('#main')?.after(this.element);
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
    this.say('');
    this.loading.textContent = text;
    this.loading.hidden = false;
    this.showBar(share, this.words.starting);
  }

  showBar(share: number, label: string): void {
    this.bar.value = share;
    this.bar.ariaLabel = label;
    this.bar.hidden = false;
  }

  hideBar(): void {
    this.bar.hidden = true;
  }

  /** Loading has finished. */
  progressDone(): void {
    this.loading.hidden = true;
    this.hideBar();
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
        element('p', {}, text),
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
    this.message.replaceChildren(element('p', { role: 'alert' }, text));
    this.say('');
  }

  fold(folded: boolean): void {
    this.element.toggleAttribute('data-folded', folded);
    const { fold } = this.buttons;
    fold.textContent = folded ? this.words.buttons.unfold : this.words.buttons.fold;
    fold.ariaExpanded = String(!folded);
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

  private setTall(): void {
    const tall = this.element.toggleAttribute('data-tall');
    this.buttons.tall.textContent = tall ? this.words.buttons.lower : this.words.buttons.taller;
    this.fold(false);
  }
}
