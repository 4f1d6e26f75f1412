import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';
import type { VmManifest } from '../format/manifest.ts';
import { PLAYED } from '../../site/client/progress/ticks.ts';
import type { Panel } from '../panel/panel.ts';
import type { Tab } from '../panel/tab.ts';
import { BusyError, Runner } from './runner.ts';
import { sentences } from './sentences.ts';
import { showSkipReasons, showResult } from './show.ts';
import { TaskCheck } from './task-check.ts';
import { isDone, type Comparison } from '../../core/run/comparison.ts';

/** Runs the steps of the page in the reader's own Docker, checks its task, and shows the results. */
export class LessonRunner {
  private readonly panel: Panel;
  private readonly words: LabWords;
  private readonly runner: Runner;
  private readonly tab: Tab;
  private readonly check: TaskCheck | undefined;

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
    showSkipReasons(words, steps, manifest.versions.engine);
  }

  /** Runs a step of the page, and shows the result below it. */
  async run(step: HTMLElement): Promise<void> {
    if (this.runner.busy || !this.tab.isRunning) return;
    const { run } = this.words;
    await this.tab.prepared;
    try {
      const running = this.runner.run(step.id, (id, at, all) =>
        this.panel.say(id === step.id ? run.now(id) : run.before(id, at, all)),
      );
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
      this.tab.isPlaying = this.runner.busy;
      this.check?.commandEnded();
    }
  }

  /** Removes everything that it added to the page, and runs no more steps. */
  end(): void {
    this.runner.forget();
    this.check?.end();
  }

  private show(step: HTMLElement, result: Comparison): void {
    showResult(step, this.words, result);
    const said = sentences(this.words, result);
    this.panel.say(said[0] ?? '');
    if (isDone(result)) step.dispatchEvent(new Event(PLAYED));
  }
}
