import { PlayFailure } from './failure.ts';
import { PlayAgain } from './lab-queue.ts';
import type { Play, PlayOptions } from './play.ts';
import type { PlayedStep } from './step.ts';
import { tellsWait } from './waited.ts';

/**
 * Plays a lesson to its end. If it waited before, what came out must not be so because it did: a failure may be (what
 * ran in the lab has ended, say), and a screen that tells how long ago something was tells how long the author took.
 * @throws {PlayFailure} as soon as a command does not do what the lesson expects
 * @throws {PlayAgain} if the wait may have made a difference
 */
export async function goOnToEnd(play: Play, options: PlayOptions): Promise<PlayedStep[]> {
  if (play.done === 0) return play.toEnd(options);
  const resumed = performance.now();
  const secondsSince = (moment: number): number => (performance.now() - moment) / 1000;
  const onPlayed = ({ step, screen }: PlayedStep): void => {
    const moments = { begun: secondsSince(play.begun), resumed: secondsSince(resumed) };
    if (tellsWait(screen, moments))
      throw new PlayAgain(`${step.id} tells how long ago something was`);
  };
  try {
    return await play.toEnd({ ...options, onPlayed });
  } catch (error) {
    if (error instanceof PlayFailure) throw new PlayAgain(`${error.step ?? 'it'} failed`);
    throw error;
  }
}
