import type { Lesson } from '../../../src/core/lesson/model.ts';
import { sharedBeginning } from '../../../src/core/recording/source-hash.ts';
import { LabError, type Lab, type LabHost } from '../../lab/index.ts';
import { RunFailure } from '../run/failure.ts';
import { LessonRun } from '../run/lesson-run.ts';

/** The beginning of a lesson that is being run, or was. */
interface Begun {
  readonly lesson: Lesson;
  /** Number of blocks after which it pauses. */
  stopAt: number;
  /** Number of blocks that were begun. */
  entered: number;
  fate?: 'taken' | 'dropped';
  lab?: Lab;
  held: boolean;
  ready: Promise<LessonRun | undefined>;
}

/**
 * Runs the beginning of a lesson in advance, in a fresh lab, and pauses the lab. If the author then
 * changes only later steps, the run continues from there.
 */
export class Rehearsal {
  private readonly host: LabHost;
  private readonly waits: (lesson: Lesson, next: number) => void;
  private current: Begun | undefined;

  /** @param waits called when the lab of a lesson is paused before its block `next`, from 0 */
  constructor(host: LabHost, waits: (lesson: Lesson, next: number) => void) {
    this.host = host;
    this.waits = waits;
  }

  /** Whether the beginning of a lesson was run, or is being run. */
  has(id: string): boolean {
    return this.current?.lesson.id === id;
  }

  /** Starts to run the first `blocks` blocks, and discards any earlier rehearsal. */
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
    // If a run takes it, that run reports the error.
    begun.ready.catch(() => undefined);
    this.current = begun;
  }

  /** Hands over the run of the beginning of a lesson, once; undefined if none fits. */
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

  drop(): void {
    const begun = this.current;
    this.current = undefined;
    if (begun === undefined) return;
    begun.fate = 'dropped';
    void begun.lab?.close();
    // A run in progress ends with its lab.
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
