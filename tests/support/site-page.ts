import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openLesson, openVariants } from '../../src/store/project.ts';
import type { LessonRecording, RecordedStep } from '../../src/store/recordings.ts';

/* What tests look at on a page of the site. */

/** Without white space: the player positions each run of a line separately. */
export const plain = (text: string | null) => (text ?? '').replace(/\s+/g, '');

/** A lesson as a page shows it until the reader chooses an Engine: recorded on the newest. */
export async function openNewest(root: string, id: string): Promise<LessonRecording> {
  const [newest] = await openVariants(root, id);
  return newest ?? openLesson(root, id);
}

/** A step of a lesson whose steps are all recorded. */
export function recordedStep({ lesson, steps }: LessonRecording, id: string): RecordedStep {
  const step = steps.get(id);
  if (step === undefined || !('screen' in step))
    throw new Error(`${lesson.id}#${id} is not recorded`);
  return step;
}

/** Position and size of the first element that a selector finds. */
export async function boxOf(page: Page, selector: string) {
  const element = page.locator(selector).first();
  await element.waitFor();
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${selector} is not shown`);
  return box;
}

export const isFocused = (element: Locator) =>
  element.evaluate((each) => each === document.activeElement);

/** Plays the open player of a step to its end, on a page with a clock. */
export async function playToEnd(page: Page, step: Locator): Promise<void> {
  // A leap costs one frame, and plays all that was printed in the meantime.
  const ended = async () => {
    await page.clock.fastForward('30:00');
    return step.locator('.toggle').textContent();
  };
  await expect.poll(ended, { timeout: 60_000, interval: 10 }).toBe('Replay');
  await page.clock.runFor(100); // Draws what has been played.
}
