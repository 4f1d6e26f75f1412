import type { LabBlock, LabFile, LabStep, LabSteps } from '../../core/run/lab-steps.ts';
import { lessonMasks, type NamedMask } from '../../core/recording/masks.ts';
import { ScreenInputDetector } from '../../core/run/screen-input-detector.ts';
import { PROMPT_LIMIT, Session } from '../../core/session/session.ts';
import { DEFAULT_COLS } from '../../core/lesson/model.ts';
import { fileCommands } from '../format/control.ts';
import type { VmManifest } from '../format/manifest.ts';
import type { Tab } from '../panel/tab.ts';
import { compareResult, isDone, type Comparison } from '../../core/run/comparison.ts';
import { commandAfter, runStep } from '../../core/run/run-step.ts';
import { TabTerminal } from './tab-terminal.ts';

/** Deletes a line that the reader has begun, and requests a prompt: Ctrl+E, Ctrl+U, Enter. */
const FRESH_PROMPT = '\x05\x15\r';

/** Factor for timeouts, which were chosen for a machine faster than an emulated one. */
export const SLOWDOWN = 6;

/** The step that was run last, and its result. */
export interface LastStep {
  readonly step: string;
  readonly result: Comparison;
}

/** Is called with the step that is about to run. */
export type OnStep = (step: string, at: number, all: number) => void;

/** The terminal is not at the shell prompt. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

/** Runs steps of the lesson in the reader's terminal, each after the earlier steps. */
export class Runner {
  private readonly tab: Pick<Tab, 'lab' | 'screen' | 'shell'>;
  private readonly steps: LabSteps;
  private readonly place: VmManifest['shell'];
  private readonly declared: readonly NamedMask[];
  private readonly done = new Set<LabBlock>();
  /** The session of the steps, until the reader does something else. */
  private session: Session | undefined;
  private terminal: TabTerminal | undefined;
  /** Whether the reader has typed a command, which may have left the session's folder. */
  private hasTyped = false;
  /** Identifies the current run; a new object for each run. */
  private current: object | undefined;

  constructor(tab: Runner['tab'], steps: LabSteps, place: VmManifest['shell']) {
    this.tab = tab;
    this.steps = steps;
    this.place = place;
    this.declared = lessonMasks({ masks: steps.masks.map((mask) => ({ ...mask, line: 0 })) });
  }

  /** Whether a step is running, so that typed text is not the reader's. */
  get busy(): boolean {
    return this.current !== undefined;
  }

  private get allSteps(): LabStep[] {
    return this.steps.blocks.filter((block) => block.kind === 'step');
  }

  /** Forgets everything, including the current run, because the machine was reset. */
  forget(): void {
    this.current = undefined;
    this.stop();
    this.done.clear();
    this.hasTyped = false;
  }

  /** The steps and files that were run or written, for `resume`. */
  get progress(): string[] {
    return Array.from(this.done, nameOf);
  }

  /** Continues on a machine that was saved with this progress. */
  resume(progress: readonly string[]): void {
    const names = new Set(progress);
    for (const block of this.steps.blocks) if (names.has(nameOf(block))) this.done.add(block);
    this.hasTyped = true;
  }

  /** A command that the reader has typed has ended. */
  note(): void {
    this.hasTyped = true;
  }

  /**
   * Runs a step, after earlier steps of the lesson that were not run yet.
   * @returns the result of the last step that was run: an earlier one if that failed; undefined if
   * the run was forgotten
   * @throws {BusyError} if something else runs in the terminal
   */
  async run(id: string, onStep: OnStep): Promise<LastStep | undefined> {
    return this.runAll(
      [...this.todoBefore(id), ...this.allSteps.filter((step) => step.id === id)],
      onStep,
    );
  }

  /**
   * Runs the earlier steps of the lesson that were not run yet.
   * @returns and throws as `run`; undefined as well if there were none
   */
  async runBefore(id: string, onStep: OnStep): Promise<LastStep | undefined> {
    return this.runAll(this.todoBefore(id), onStep);
  }

  private async runAll(blocks: readonly LabBlock[], onStep: OnStep): Promise<LastStep | undefined> {
    const current = (this.current = {});
    const isForgotten = () => this.current !== current;
    try {
      return await this.runEach(blocks, onStep, isForgotten);
    } catch (error) {
      if (isForgotten()) return undefined;
      throw error;
    } finally {
      if (!isForgotten()) {
        if (this.session?.openProgram === undefined) this.stop();
        this.current = undefined;
      }
    }
  }

  private async runEach(
    blocks: readonly LabBlock[],
    onStep: OnStep,
    isForgotten: () => boolean,
  ): Promise<LastStep | undefined> {
    const steps = blocks.filter((block) => block.kind === 'step');
    const session = steps.length > 0 ? await this.sessionFor(steps[0]) : undefined;
    let last: LastStep | undefined;
    for (const block of blocks) {
      if (isForgotten()) return undefined;
      this.done.add(block);
      if (block.kind === 'file') {
        await this.write(block);
        continue;
      }
      if (session === undefined) throw new Error('a step is run without a session');
      onStep(block.id, steps.indexOf(block) + 1, steps.length);
      this.tab.screen.announceAfresh();
      const next = commandAfter(this.allSteps, block.id);
      const ran = await runStep(block, session, { next, slowdown: SLOWDOWN });
      if (isForgotten()) return undefined;
      last = { step: block.id, result: compareResult(ran, block.recorded, this.declared) };
      if (!isDone(last.result)) break;
    }
    return last;
  }

  private todoBefore(id: string): LabBlock[] {
    const { blocks } = this.steps;
    const index = blocks.findIndex((block) => block.kind === 'step' && block.id === id);
    if (index === -1) throw new Error(`the lesson has no step ${id}`);
    return blocks
      .slice(0, index)
      .filter((block) => !this.done.has(block) && (block.kind === 'file' || block.browser.runs));
  }

  private async sessionFor(first: LabStep | undefined): Promise<Session> {
    if (!this.tab.shell.atPrompt) {
      const goesOn = first?.commands[0]?.reader === 'program';
      if (this.session?.openProgram !== undefined && goesOn) return this.session;
      throw new BusyError();
    }
    this.stop();
    const terminal = (this.terminal = new TabTerminal(this.tab.lab, this.tab.screen));
    const detector = new ScreenInputDetector(this.tab.screen.terminal);
    await terminal.resize(DEFAULT_COLS);
    const session = await Session.start(terminal, detector, this.place.nonce, FRESH_PROMPT);
    if (session === undefined) throw new BusyError();
    this.session = session;
    if (this.done.size === 0 && this.hasTyped) {
      await session.beginStep(DEFAULT_COLS);
      const line = `cd ${this.place.folder}`;
      await session.type({ line: 1, reader: 'session', lines: [line] }, { timeout: PROMPT_LIMIT });
    }
    return session;
  }

  private stop(): void {
    this.session?.end();
    this.terminal?.end();
    this.session = this.terminal = undefined;
  }

  private async write({ path, text }: LabFile): Promise<void> {
    for (const command of fileCommands(`${this.place.folder}/${path}`, text))
      await this.tab.lab.control(command);
  }
}

function nameOf(block: LabBlock): string {
  return block.kind === 'step' ? `step ${block.id}` : `file ${block.path}`;
}
