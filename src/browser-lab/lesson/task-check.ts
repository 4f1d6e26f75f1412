import { answerOn, DONE } from '../../core/lesson/task-check.ts';
import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import { announce } from '../../site/client/announce.ts';
import { button, element } from '../../site/client/element.ts';
import { PLAYED } from '../../site/client/progress/ticks.ts';
import { asReader } from '../format/control.ts';
import type { BrowserLab } from '../machine/lab.ts';

/**
 * The check of the page's task in the reader's tab. It runs in the hidden shell, so the reader's
 * terminal does not show it, and its answer appears in the box of the check.
 */
export class TaskCheck {
  private readonly lab: Pick<BrowserLab, 'control'>;
  private readonly turn: HTMLElement;
  private readonly box: HTMLElement;
  private readonly command: string;
  private readonly button: HTMLButtonElement;
  private readonly outcome = element('div', { className: 'outcome' });
  private isRunning = false;
  /** Whether the reader has typed another command while the check was running. */
  private isStale = false;

  /**
   * The check of the page.
   * @returns undefined if there is none, or if its solution does not run in the tab
   */
  static onPage(lab: Pick<BrowserLab, 'control'>, words: LabWords): TaskCheck | undefined {
    const turn = document.querySelector<HTMLElement>('.turn:has(.step[data-runs])');
    const box = turn?.querySelector<HTMLElement>('.check');
    return turn && box ? new TaskCheck(lab, turn, box, words) : undefined;
  }

  private constructor(
    lab: Pick<BrowserLab, 'control'>,
    turn: HTMLElement,
    box: HTMLElement,
    words: LabWords,
  ) {
    this.lab = lab;
    this.turn = turn;
    this.box = box;
    this.command = box.querySelector('pre')?.textContent ?? '';
    this.button = button(words.turn.button, () => void this.run(), { className: 'try' });
    box.querySelector('.label')?.after(this.button);
  }

  /** A command of the reader has ended: runs the check if the reader sees its box. */
  commandEnded(): void {
    const { top, bottom } = this.box.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) void this.run();
  }

  /** Removes everything that it added to the page. */
  end(): void {
    this.outcome.remove();
    this.button.remove();
  }

  private async run(): Promise<void> {
    this.isStale = true;
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      while (this.isStale) {
        this.isStale = false;
        const { output } = (await this.lab.control(asReader(this.command))) ?? {};
        const answer = output === undefined ? undefined : answerOn(output);
        if (answer !== undefined) this.show(answer);
      }
    } finally {
      this.isRunning = false;
    }
  }

  private show(answer: string): void {
    const isDone = answer === DONE;
    const isNew = !this.outcome.isConnected || this.outcome.textContent !== answer;
    this.outcome.dataset['kind'] = isDone ? 'done' : 'unmet';
    this.outcome.replaceChildren(element('p', {}, answer));
    this.box.append(this.outcome);
    if (isNew) announce(answer);
    if (!isDone) return;
    for (const step of this.turn.querySelectorAll('.step[data-runs]'))
      step.dispatchEvent(new Event(PLAYED));
  }
}
