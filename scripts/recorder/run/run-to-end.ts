import { RunFailure } from './failure.ts';
import { RunAgain } from './lab-queue.ts';
import type { LessonRun, RunOptions } from './lesson-run.ts';
import type { StepRun } from './step.ts';
import { tellsWait } from './waited.ts';

/**
 * Plays a lesson to its end. If it waited before, what came out must not be so because it did: a
 * failure may be (what ran in the lab has ended, say), and a screen that tells how long ago
 * something was tells how long the author took.
 * @throws {RunFailure} as soon as a command does not do what the lesson expects
 * @throws {RunAgain} if the wait may have made a difference
 */
export async function runToEnd(play: LessonRun, options: RunOptions): Promise<StepRun[]> {
  if (play.done === 0) return play.toEnd(options);
  const resumed = performance.now();
  const secondsSince = (moment: number): number => (performance.now() - moment) / 1000;
  const onPlayed = ({ step, screen }: StepRun): void => {
    const moments = { begun: secondsSince(play.begun), resumed: secondsSince(resumed) };
    if (tellsWait(screen, moments))
      throw new RunAgain(`${step.id} tells how long ago something was`);
  };
  try {
    return await play.toEnd({ ...options, onPlayed });
  } catch (error) {
    if (error instanceof RunFailure) throw new RunAgain(`${error.step ?? 'it'} failed`);
    throw error;
  }
}
