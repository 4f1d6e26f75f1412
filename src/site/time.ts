import { mdxToMdast } from 'satteri';
import { childrenOf, lineOf } from '../core/lesson/mdast.ts';
import { paragraphsOf } from '../core/lesson/prose.ts';
import { TASK } from '../core/lesson/agenda.ts';
import { ROWS } from '../core/lesson/model.ts';
import { exactTime, lessonTime, wordsIn, type LessonTime, type Work } from '../core/lesson/time.ts';
import type { LessonRecording } from '../store/recordings.ts';

/**
 * How long a lesson takes. Of a long screen, only as much counts as a terminal shows at once.
 * @param text the lesson's file
 */
export function timeOf(text: string, recording: LessonRecording): LessonTime {
  return lessonTime(workOf(text, recording));
}

/** Minutes that a lesson takes in a room: to read, to type, and for its task. */
export function minutesInRoom(text: string, time: LessonTime | undefined): number {
  return (time?.typing ?? 0) + (text.includes('<YourTurn') ? TASK : 0);
}

/**
 * Where a lesson is best interrupted: at the section that begins nearest to the half of its time.
 * @param text the lesson's file
 * @returns the 0-based number of the section, and the share of the time before it; undefined if it
 * has fewer than two sections
 */
export function halfOf(
  text: string,
  recording: LessonRecording,
): { readonly section: number; readonly share: number } | undefined {
  const minutes = (until?: number) => exactTime(workOf(text, recording, until)).typing;
  const sections = childrenOf(mdxToMdast(text)).filter(
    (node) => node.type === 'heading' && node.depth === 2,
  );
  const all = minutes();
  const shares = sections.map((node, section) => ({
    section,
    share: minutes(lineOf(node)) / all,
  }));
  const off = ({ share }: { readonly share: number }) => Math.abs(share - 0.5);
  return shares.slice(1).toSorted((one, other) => off(one) - off(other))[0];
}

/** The work of a lesson up to a line of its file. */
function workOf(
  text: string,
  { lesson, steps }: LessonRecording,
  until = Number.POSITIVE_INFINITY,
): Work {
  const isBefore = ({ line }: { readonly line: number }) => line < until;
  const shown = [...steps.values()].filter(({ step }) => !step.options.hide && isBefore(step));
  const recorded = shown.flatMap((step) => (step.state === 'recorded' ? [step] : []));
  const paragraphs = paragraphsOf(text).filter(isBefore);
  const prose = paragraphs.flatMap((paragraph) => paragraph.prose.map((part) => part.text));
  const screens = recorded.map(({ screen }) => screen.split('\n').slice(0, ROWS).join('\n'));
  const typed = [
    ...shown.flatMap(({ step }) => step.commands.map(({ lines }) => lines.join('\n'))),
    ...lesson.blocks.flatMap((block) =>
      block.kind === 'file' && isBefore(block) ? [block.text] : [],
    ),
  ];
  const ran = recorded.flatMap(({ proof }) => proof.commands.map(({ ms }) => ms));
  return {
    words: sum(prose.map(wordsIn)),
    printed: sum(screens.map(wordsIn)),
    keys: sum(typed.map(({ length }) => length)),
    commands: typed.length,
    running: sum(ran),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
