import type { LabWords } from '../../site/i18n/client/browser-lab.ts';
import type { LabSteps } from '../../core/run/lab-steps.ts';
import type { VmManifest } from '../format/manifest.ts';
import { button } from '../../site/client/element.ts';
import { announce } from '../../site/client/announce.ts';
import { PLAYED } from '../../site/client/progress/ticks.ts';
import type { Panel } from '../panel/panel.ts';
import type { Tab } from '../panel/tab.ts';
import { BusyError, Runner } from './runner.ts';
import { sentences } from './sentences.ts';
import { showSkipReasons, showResult } from './show.ts';
import { isDone, type Comparison } from '../../core/run/comparison.ts';

/** Runs the steps of the page in the reader's own Docker, checks tasks, and shows the results. */
export class LessonRunner {
  private readonly panel: Panel;
  private readonly words: LabWords;
  private readonly runner: Runner;
  private readonly tab: Tab;
  private readonly checks: HTMLElement[] = [];

  constructor(tab: Tab, panel: Panel, words: LabWords, steps: LabSteps, manifest: VmManifest) {
    this.panel = panel;
    this.words = words;
    this.tab = tab;
    this.runner = new Runner(tab, steps, manifest.shell);
    tab.onReset = () => {
      this.runner.forget();
      for (const verdict of document.querySelectorAll('.verdict')) verdict.remove();
    };
    tab.shell.onPrompt = (command) => {
      if (command !== undefined) this.runner.note(command);
    };
    for (const turn of document.querySelectorAll<HTMLElement>('.turn')) this.addCheck(turn);
    showSkipReasons(words, steps, manifest.versions.engine);
  }

  /** Runs a step of the page, and shows the result below it. */
  async run(step: HTMLElement): Promise<void> {
    if (this.runner.busy || !this.tab.isRunning) return;
    const { run } = this.words;
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
    }
  }

  /** Removes everything that it added to the page, and runs no more steps. */
  end(): void {
    this.runner.forget();
    for (const check of this.checks) check.remove();
  }

  /** Adds a button that checks the reader's work to a task whose solution runs in the lab. */
  private addCheck(turn: HTMLElement): void {
    const solutions = [...turn.querySelectorAll<HTMLElement>('.step[data-runs]')];
    if (solutions.length === 0) return;
    const press = () => void this.check(turn, solutions);
    const check = button(this.words.turn.button, press, { className: 'try' });
    turn.querySelector('.label')?.after(check);
    this.checks.push(check);
  }

  /** Uses the first solution that the reader's commands reach, or else the closest one. */
  private async check(turn: HTMLElement, solutions: readonly HTMLElement[]): Promise<void> {
    if (this.runner.busy) return;
    const results: { solution: HTMLElement; result: Comparison }[] = [];
    for (const solution of solutions) {
      const result = await this.runner.check(solution.id);
      if (result === undefined) {
        this.panel.say(this.words.turn.nothing);
        return;
      }
      results.push({ solution, result });
      if (isDone(result)) solution.dispatchEvent(new Event(PLAYED));
    }
    const shown = results.find(({ result }) => isDone(result)) ?? results[0];
    if (shown === undefined) return;
    // The expected output is the solution, which stays hidden until the reader opens it.
    const { result } = shown;
    const spoken: Comparison =
      result.kind === 'unmet' ? { kind: 'unmet', unmet: result.unmet, other: [] } : result;
    showResult(turn, this.words, spoken);
    announce(sentences(this.words, spoken).join(' '));
  }

  private show(step: HTMLElement, result: Comparison): void {
    showResult(step, this.words, result);
    const said = sentences(this.words, result);
    this.panel.say(said[0] ?? '');
    if (isDone(result)) step.dispatchEvent(new Event(PLAYED));
  }
}
