import { RunFailure } from './failure.ts';
import { RunAgain } from './lab-queue.ts';
import type { LessonRun, RunOptions } from './lesson-run.ts';
import type { StepRun } from './step.ts';
import { showsPause } from './pause.ts';

/**
 * Runs a lesson to its end. If its lab was paused, the pause may have caused a failure, or a screen
 * may show an age that includes the pause.
 * @throws {RunFailure} as soon as a command does not do what the lesson expects
 * @throws {RunAgain} if the pause may have made a difference
 */
export async function runToEnd(run: LessonRun, options: RunOptions): Promise<StepRun[]> {
  if (run.done === 0) return run.toEnd(options);
  const resumed = performance.now();
  const secondsSince = (moment: number): number => (performance.now() - moment) / 1000;
  const onStepRun = ({ step, screen }: StepRun): void => {
    const moments = { begun: secondsSince(run.begun), resumed: secondsSince(resumed) };
    if (showsPause(screen, moments))
      throw new RunAgain(`${step.id} shows how long ago something was`);
  };
  try {
    return await run.toEnd({ ...options, onStepRun });
  } catch (error) {
    if (error instanceof RunFailure) throw new RunAgain(`${error.step ?? 'it'} failed`);
    throw error;
  }
}
