import { mdxToMdast } from 'satteri';
import { lineOf, nodesBelow } from '../core/lesson/mdast.ts';
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

/** A lesson that takes fewer minutes in a room is not interrupted. */
const LONG = 30;

/** Where a lesson is best interrupted: at the beginning of a section. */
export interface Half {
  /** The 0-based number of the section among those of its level. */
  readonly section: number;
  /** The number of headings before the section's text, of any level. */
  readonly headings: number;
  /** Minutes that the whole lesson takes in a room. */
  readonly minutes: number;
  /** The share of the lesson's time before the section. */
  readonly share: number;
}

/** Minutes that a lesson takes in a room: to read, to type, and for its task. */
export function minutesInRoom(text: string, time: LessonTime | undefined): number {
  return (time?.typing ?? 0) + (text.includes('<YourTurn') ? TASK : 0);
}

/**
 * Finds the section of a long lesson that begins nearest to the half of its time.
 * @param text the lesson's file
 * @returns undefined if the lesson takes less than half an hour, or has fewer than two sections
 */
export function halfOf(text: string, recording: LessonRecording): Half | undefined {
  const minutes = minutesInRoom(text, timeOf(text, recording));
  if (minutes < LONG) return undefined;
  const typing = (until?: number) => exactTime(workOf(text, recording, until)).typing;
  const headings = [...nodesBelow(mdxToMdast(text))].filter((node) => node.type === 'heading');
  const all = typing();
  const shares = headings
    .map((node, before) => ({ node, headings: before + 1 }))
    .filter(({ node }) => node.depth === 2)
    .map(({ node, ...place }, section) => ({
      ...place,
      section,
      minutes,
      share: typing(lineOf(node)) / all,
    }));
  const off = ({ share }: Half) => Math.abs(share - 0.5);
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
