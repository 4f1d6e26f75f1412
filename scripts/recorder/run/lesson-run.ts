import {
  stepsOf,
  type Command,
  type Lesson,
  type SourceFile,
  type Step,
} from '../../../src/core/lesson/model.ts';
import { unusedMasks } from '../../../src/core/recording/expectations.ts';
import type { LabState } from '../../../src/core/recording/leftovers.ts';
import { engineState, statesOf, type EngineState } from '../../../src/core/recording/states.ts';
import type { Held } from '../../../src/core/recording/held.ts';
import { sharedBeginning } from '../../../src/core/recording/source-hash.ts';
import type { Session } from '../../../src/core/session/session.ts';
import { LabError, type Lab, type LabProcesses } from '../../lab/index.ts';
import { RunFailure } from './failure.ts';
import { askEngine, labState } from './lab-state.ts';
import { removeLeftovers } from './leftovers.ts';
import { SESSION_FOLDER, startSession } from './session.ts';
import { recordStep, type StepRun } from './step.ts';

export interface RunOptions {
  readonly upTo?: string;
  readonly onStep?: (step: Step) => void;
  readonly onCommand?: (command: Command) => void;
  /** Called after each step; an error that it throws ends the run. */
  readonly onStepRun?: (result: StepRun) => void;
}

/**
 * Runs a lesson in a fresh lab: types its steps one after another into one session.
 * @throws {RunFailure} as soon as a command does not do what the lesson expects
 */
export async function runLesson(
  lesson: Lesson,
  lab: Lab,
  options: RunOptions = {},
): Promise<StepRun[]> {
  return (await LessonRun.begin(lesson, lab)).toEnd(options);
}

/** A lesson that is run block by block, with possible pauses between blocks. */
export class LessonRun {
  readonly lab: Lab;
  /** When it began, in milliseconds of `performance.now()`. */
  readonly begun = performance.now();
  /** What it leaves and held before; undefined until it has been run to its end and cleaned up. */
  held: Held | undefined;
  private readonly session: Session;
  private readonly before: LabState;
  private readonly steps: StepRun[] = [];
  /** What the Engine holds after the visible steps, by step id. */
  private readonly states = new Map<string, EngineState>();
  private lesson: Lesson;
  private next = 0;

  private constructor(lesson: Lesson, lab: Lab, session: Session, before: LabState) {
    this.lesson = lesson;
    this.lab = lab;
    this.session = session;
    this.before = before;
  }

  /** Starts the session. @throws {LabError} if there is no prompt in time */
  static async begin(lesson: Lesson, lab: Lab): Promise<LessonRun> {
    const [session, before] = await Promise.all([startSession(lab, lab.tools), labState(lab)]);
    if (!('why' in before)) return new LessonRun(lesson, lab, session, before);
    throw new LabError(`the lab's Engine does not answer: ${before.why}`, 'try `npm run lab`');
  }

  /** Number of blocks of the lesson that were run. */
  get done(): number {
    return this.next;
  }

  /** The results, as steps of the current lesson: its prose and line numbers may have changed. */
  get results(): StepRun[] {
    const now = new Map(stepsOf(this.lesson).map((step) => [step.id, step]));
    return this.steps.map((one) => ({ ...one, step: now.get(one.step.id) ?? one.step }));
  }

  /**
   * Continues with another version of the lesson.
   * @returns false, and changes nothing, if it does not begin with the blocks that were run
   */
  turnTo(lesson: Lesson): boolean {
    const shared = sharedBeginning(this.lesson, lesson);
    // Casts that already exist contain the title.
    const sameTitle = lesson.frontMatter.title === this.lesson.frontMatter.title;
    if (shared === undefined || shared < this.next || !sameTitle) return false;
    this.lesson = lesson;
    return true;
  }

  /** Runs the next block. @throws {RunFailure} if it does not meet its expectations */
  async goOn({ onStep, onCommand, onStepRun }: RunOptions = {}): Promise<void> {
    const block = this.lesson.blocks[this.next];
    if (block?.kind === 'file') await writeSourceFile(this.lab, block, this.lesson.file);
    if (block?.kind === 'step') {
      onStep?.(block);
      const result = await recordStep(this.lesson, block, this.session, this.lab, onCommand);
      this.steps.push(result);
      onStepRun?.(result);
    }
    this.next++;
    if (block?.kind === 'step') await this.noteState();
  }

  /** Hidden steps often wait for what the visible one before them has begun. */
  private async noteState(): Promise<void> {
    const isWaiting = ({ options, proves }: Step) => options.hide && proves === undefined;
    const { blocks } = this.lesson;
    const following = stepsOf({ blocks: blocks.slice(this.next) })[0];
    if (following !== undefined && isWaiting(following)) return;
    const shown = stepsOf({ blocks: blocks.slice(0, this.next) }).findLast(
      (step) => !isWaiting(step),
    );
    if (shown === undefined || shown.proves !== undefined) return;
    const state = await askEngine(this.lab);
    if (state !== undefined) this.states.set(shown.id, state);
  }

  /**
   * Runs the remaining blocks, and ends the session.
   * @throws {RunFailure} as soon as a command does not do what the lesson expects
   */
  async toEnd(options: RunOptions = {}): Promise<StepRun[]> {
    const { upTo } = options;
    try {
      const { blocks } = this.lesson;
      const last = blocks.findIndex((block) => block.kind === 'step' && block.id === upTo);
      const end = last < 0 ? blocks.length : last + 1;
      while (this.next < end) await this.goOn(options);
      const { results } = this;
      if (end === blocks.length) {
        requireMasks(this.lesson, results);
        const leftovers = await removeLeftovers(this.lesson, this.lab, this.before);
        const states = statesOf(engineState(this.before), this.states);
        this.held = { leftovers, states };
      }
      return results;
    } finally {
      this.end();
    }
  }

  end(): void {
    this.session.end();
  }
}

/** Writes a file of a lesson into the session's folder. @throws {RunFailure} if it cannot */
export async function writeSourceFile(
  lab: LabProcesses,
  { path, text, line }: SourceFile,
  file: string,
): Promise<void> {
  const script = 'mkdir -p "$(dirname "$1")" && cat > "$1"';
  const { status, stderr } = await lab.run(
    ['sh', '-c', script, 'sh', `${SESSION_FOLDER}/${path}`],
    text,
  );
  if (status === 0) return;
  throw new RunFailure(
    {
      file,
      line,
      title: `the file ${path} could not be written`,
      found: stderr.trim(),
      hint: 'choose a name that no folder has',
    },
    20,
    '',
  );
}

/** An unused mask is a mistake, or left over, and could hide something else later. */
function requireMasks(lesson: Lesson, results: readonly StepRun[]): void {
  const [unused] = unusedMasks(
    lesson,
    results.map(({ screen }) => screen),
  );
  if (unused === undefined) return;
  throw new RunFailure(
    {
      file: lesson.file,
      line: unused.line,
      title: `the mask ${unused.name} matches nothing on any screen of the lesson`,
      expected: `/${unused.pattern}/`,
      hint: 'fix its pattern, which has to match within one line, or take the mask out of the front matter',
    },
    20,
    '',
  );
}
