import type { Lesson } from '../../../src/core/lesson/model.ts';
import { sharedBeginning } from '../../../src/core/recording/source-hash.ts';
import { LabError, type Lab, type LabHost } from '../../lab/index.ts';
import { RunFailure } from '../run/failure.ts';
import { LessonRun } from '../run/lesson-run.ts';

/** The beginning of a lesson that is being run, or was. */
interface Begun {
  readonly lesson: Lesson;
  /** It waits when so many blocks are run. */
  stopAt: number;
  /** Blocks that are run, the one that is being run included. */
  entered: number;
  /** What becomes of it, once that is known. */
  fate?: 'taken' | 'dropped';
  lab?: Lab;
  /** Its lab was stopped. */
  held: boolean;
  ready: Promise<LessonRun | undefined>;
}

/**
 * Runs the beginning of a lesson before anybody asks for it, in a fresh lab, and stops the lab
 * there. Whoever changes what comes after it goes on from there: what was run is what would be run.
 */
export class Rehearsal {
  private readonly host: LabHost;
  private readonly waits: (lesson: Lesson, next: number) => void;
  private current: Begun | undefined;

  /** @param waits called when the lab of a lesson waits before its block `next`, counted from 0 */
  constructor(host: LabHost, waits: (lesson: Lesson, next: number) => void) {
    this.host = host;
    this.waits = waits;
  }

  /** Whether there is the beginning of a lesson to go on from. */
  has(id: string): boolean {
    return this.current?.lesson.id === id;
  }

  /** Begins to run the first `blocks` blocks; what was rehearsed before is thrown away. */
  begin(lesson: Lesson, blocks: number): void {
    this.drop();
    if (blocks === 0) return;
    const begun: Begun = {
      lesson,
      stopAt: blocks,
      entered: 0,
      held: false,
      ready: Promise.resolve(undefined),
    };
    begun.ready = this.run(begun);
    // The run that takes it reports the error; perhaps none does.
    begun.ready.catch(() => undefined);
    this.current = begun;
  }

  /**
   * Hands over the run of what a lesson begins with; each is handed over once.
   * @returns undefined if none fits
   */
  async take(lesson: Lesson): Promise<LessonRun | undefined> {
    const begun = this.current;
    if (begun?.lesson.id !== lesson.id) return undefined;
    const shared = sharedBeginning(begun.lesson, lesson);
    if (shared === undefined || shared < begun.entered) {
      this.drop();
      return undefined;
    }
    begun.stopAt = Math.min(begun.stopAt, shared);
    this.current = undefined;
    const waited = await this.resumed(begun);
    if (waited?.turnTo(lesson) === true) return waited;
    await close(waited);
    return undefined;
  }

  /** Throws away what was rehearsed. */
  drop(): void {
    const begun = this.current;
    this.current = undefined;
    if (begun === undefined) return;
    begun.fate = 'dropped';
    void begun.lab?.close();
    // A run that is under way ends with its lab.
    void begun.ready.then(close, () => undefined);
  }

  private async resumed(begun: Begun): Promise<LessonRun | undefined> {
    begun.fate = 'taken';
    const run = await begun.ready;
    if (run === undefined) return undefined;
    if (begun.held) await run.lab.resume().catch(() => undefined);
    if ((await run.lab.trouble()) === undefined) return run;
    await close(run);
    return undefined;
  }

  private async run(begun: Begun): Promise<LessonRun | undefined> {
    const lab = (begun.lab = await this.host.openLab(begun.lesson.frontMatter));
    try {
      const run = await LessonRun.begin(begun.lesson, lab);
      while (run.done < begun.stopAt && begun.fate !== 'dropped') {
        begun.entered = run.done + 1;
        await run.goOn();
      }
      if (begun.fate === undefined) {
        await lab.hold();
        begun.held = true;
        this.waits(begun.lesson, run.done);
      }
      return run;
    } catch (error) {
      const trouble = await lab.trouble();
      await lab.close();
      if (trouble !== undefined || error instanceof RunFailure || error instanceof LabError)
        return undefined;
      throw error;
    }
  }
}

async function close(run: LessonRun | undefined): Promise<void> {
  run?.end();
  await run?.lab.close();
}
