import { paragraphsOf } from '../core/lesson/prose.ts';
import { ROWS } from '../core/lesson/model.ts';
import { lessonTime, wordsIn, type LessonTime } from '../core/lesson/time.ts';
import type { LessonRecording } from '../store/recordings.ts';

/**
 * How long a lesson takes. Of a long screen, only as much counts as a terminal shows at once.
 * @param text the lesson's file
 */
export function timeOf(text: string, { lesson, steps }: LessonRecording): LessonTime {
  const shown = [...steps.values()].filter(({ step }) => !step.options.hide);
  const recorded = shown.flatMap((step) => (step.state === 'recorded' ? [step] : []));
  const prose = paragraphsOf(text).flatMap((paragraph) => paragraph.prose.map((part) => part.text));
  const screens = recorded.map(({ screen }) => screen.split('\n').slice(0, ROWS).join('\n'));
  const typed = [
    ...shown.flatMap(({ step }) => step.commands.map(({ lines }) => lines.join('\n'))),
    ...lesson.blocks.flatMap((block) => (block.kind === 'file' ? [block.text] : [])),
  ];
  const ran = recorded.flatMap(({ proof }) => proof.commands.map(({ ms }) => ms));
  return lessonTime({
    words: sum(prose.map(wordsIn)),
    printed: sum(screens.map(wordsIn)),
    keys: sum(typed.map(({ length }) => length)),
    commands: typed.length,
    running: sum(ran),
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
