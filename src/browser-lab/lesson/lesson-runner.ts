import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';
import type { VmManifest } from '../format/manifest.ts';
import { button } from '../../site/client/element.ts';
import { PLAYED } from '../../site/client/progress/ticks.ts';
import type { Panel } from '../panel/panel.ts';
import type { Tab } from '../panel/tab.ts';
import { BusyError, Runner, type LastStep, type OnStep } from './runner.ts';
import { sentences } from './sentences.ts';
import { showSkipReasons, showResult } from './show.ts';
import { TaskCheck } from './task-check.ts';
import { isDone, type Comparison } from '../../core/run/comparison.ts';

/**
 * Runs the steps of the page in the reader's own Docker, checks its task, and shows the results.
 */
export class LessonRunner {
  private readonly panel: Panel;
  private readonly words: LabWords;
  private readonly runner: Runner;
  private readonly tab: Tab;
  private readonly check: TaskCheck | undefined;
  private readonly starts: HTMLButtonElement[] = [];

  constructor(tab: Tab, panel: Panel, words: LabWords, steps: LabSteps, manifest: VmManifest) {
    this.panel = panel;
    this.words = words;
    this.tab = tab;
    this.runner = new Runner(tab, steps, manifest.shell);
    if (tab.resumed !== undefined) this.runner.resume(tab.resumed.notes);
    tab.notes = () => this.runner.progress;
    this.check = TaskCheck.onPage(tab.lab, words);
    tab.onReset = () => {
      this.runner.forget();
      for (const outcome of document.querySelectorAll('.outcome')) outcome.remove();
    };
    tab.shell.onPrompt = (command) => {
      if (command === undefined || this.runner.busy) return;
      this.runner.note();
      this.check?.commandEnded();
    };
    this.offerStarts();
    showSkipReasons(words, steps, manifest.versions.engine);
  }

  /** Runs a step of the page, and shows the result below it. */
  run(step: HTMLElement): Promise<void> {
    const { now } = this.words.run;
    return this.runSteps(step, (onStep) =>
      this.runner.run(step.id, (id, at, all) => {
        if (id === step.id) this.panel.say(now(id));
        else onStep(id, at, all);
      }),
    );
  }

  /** Runs the earlier steps, so that the reader can go on by hand. */
  private startHere(step: HTMLElement): Promise<void> {
    this.panel.fold(false);
    return this.runSteps(step, async (onStep) => {
      const last = await this.runner.runBefore(step.id, onStep);
      if (last !== undefined && !isDone(last.result)) return last;
      this.panel.say(this.words.run.ready(step.id));
      this.tab.screen.terminal.focus();
      return undefined;
    });
  }

  /** @param work runs earlier steps and perhaps the step, and returns which result is shown */
  private async runSteps(
    step: HTMLElement,
    work: (onStep: OnStep) => Promise<LastStep | undefined>,
  ): Promise<void> {
    if (this.runner.busy || !this.tab.isRunning) return;
    const { run } = this.words;
    await this.tab.prepared;
    try {
      const running = work((id, at, all) => {
        this.panel.say(run.before(id, at, all));
        this.panel.showBar((at - 1) / all, run.earlier);
      });
      this.tab.isPlaying = true;
      const last = await running;
      if (last === undefined) return;
      const place = document.getElementById(last.step) ?? step;
      this.show(place, last.result);
      if (last.step !== step.id) this.panel.say(run.failedBefore(last.step));
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      this.panel.say(run.busy);
    } finally {
      this.panel.hideBar();
      this.tab.isPlaying = this.runner.busy;
      this.check?.commandEnded();
    }
  }

  /** Removes everything that it added to the page, and runs no more steps. */
  end(): void {
    this.runner.forget();
    this.check?.end();
    for (const start of this.starts) start.remove();
  }

  /** Offers to start at each step that runs in the tab, except at the first one. */
  private offerStarts(): void {
    const { start, toStart } = this.words.run;
    for (const step of [...document.querySelectorAll<HTMLElement>('.step[data-runs]')].slice(1)) {
      const made = button(start, () => void this.startHere(step), {
        className: 'try',
        ariaLabel: toStart(step.id),
      });
      step.querySelector('.try')?.after(made);
      this.starts.push(made);
    }
  }

  private show(step: HTMLElement, result: Comparison): void {
    showResult(step, this.words, result);
    const said = sentences(this.words, result);
    this.panel.say(said[0] ?? '');
    if (isDone(result)) step.dispatchEvent(new Event(PLAYED));
  }
}
