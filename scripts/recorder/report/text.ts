import { counted } from '../../../src/core/lesson/counted.ts';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { REFERENCE } from '../../../src/core/lesson/command-help.ts';
import { cleanUpText } from '../../../src/core/recording/leftovers.ts';
import { stateDifference } from '../../../src/core/recording/states.ts';
import { SAME_SCREEN, type Change } from '../compare/change.ts';
import type { LessonResult, RecordResult } from '../result.ts';
import { RunFailure, type LabFailure, type Place } from '../run/failure.ts';
import { printable } from './printable.ts';
import {
  appearanceWords,
  CHANGE_WORDS,
  changeFix,
  changeTitle,
  exitWords,
  maskedWords,
  pictureWords,
  sideNames,
} from './sentences.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Lines of a screen, and of the Engine's log, that a failure shows. */
const SCREEN_LINES = 24;
const LOG_LINES = 30;

/**
 * Everything that a person should read about a run, but the summary line; empty if all is as
 * recorded.
 */
export function details({ problems, lessons, orphans, written }: RecordResult): string[] {
  if (problems.length > 0)
    return [
      ...problems.map((problem) => printable(formatProblem(problem))),
      `${counted(problems.length, 'problem')}; nothing was run`,
    ];
  return [
    ...lessons.flatMap((result) => lessonDetails(result, written)),
    ...labFailures(lessons).map(labFailureText),
    ...orphans.map((name) => orphanText(name, written)),
  ];
}

/**
 * The last line of a run: it counts lessons. The reference of commands is told above it and decides
 * the status with them.
 */
export function summary({ lessons }: RecordResult): string {
  const of = (...kinds: LessonResult['kind'][]) =>
    lessons.filter(({ lesson, kind }) => lesson !== REFERENCE && kinds.includes(kind)).length;
  return `lessons: ${of('as recorded')} as recorded, ${of('changed', 'pending')} changed, ${of('failed', 'noisy')} failed`;
}

/** Changes without a difference to show: one line for all such steps of a lesson. */
const TOGETHER = ['new', ...SAME_SCREEN] as const;

function lessonDetails(
  { lesson, source, changes, failure }: LessonResult,
  written: boolean,
): string[] {
  const { file } = source.lesson;
  const together = TOGETHER.flatMap((kind) => {
    const steps = changes.flatMap((change) => (change.kind === kind ? [change.step] : []));
    return steps.length === 0 ? [] : [`${file}: ${CHANGE_WORDS[kind]}: ${steps.join(', ')}`];
  });
  return [
    ...together,
    ...changes
      .filter(({ kind }) => !TOGETHER.some((one) => one === kind))
      .map((change) => changeText(lesson, change, written)),
    ...(failure instanceof RunFailure ? [runFailureText(failure)] : []),
  ];
}

/** A change: where, what, how to fix it unless `written`, and the masked difference. */
export function changeText(lesson: string, change: Change, written: boolean): string {
  const fix = changeFix(lesson, change, written);
  const isGone = change.kind === 'removed' && written;
  const lines = [
    `${change.file}:${change.line}: ${changeTitle(lesson, change)}${isGone ? '; removed' : ''}`,
  ];
  if ('found' in change) lines.push(`  found:    ${printable(change.found)}`);
  if (change.kind === 'leftovers') {
    if (change.before) lines.push(`  recorded: ${printable(cleanUpText(change.before))}`);
    lines.push(`  now:      ${printable(cleanUpText(change.now))}`);
  }
  const states = change.kind === 'states' && change.before;
  const different = states ? stateDifference(states, change.now) : undefined;
  if (different !== undefined) {
    const { step, before, now } = different;
    lines.push(`  after:    ${step ?? 'nothing, before the first step'}`);
    lines.push(`  recorded: ${printable(before)}`, `  now:      ${printable(now)}`);
  }
  if (fix !== undefined) lines.push(`  to fix:   ${printable(fix)}`);
  if (!('difference' in change)) return lines.join('\n');
  const { before, after, difference } = change;
  const [was, now] = sideNames(change);
  if (difference.statuses.length > 0)
    lines.push(
      `  exit statuses: ${was} ${exitWords(before.commands)}, ${now} ${exitWords(after.commands)}`,
    );
  if (difference.picture) lines.push(`  its picture: ${pictureWords(difference.picture)}`);
  if (difference.appearance)
    lines.push(`  the same text: ${printable(appearanceWords(difference.appearance))}`);
  for (const words of maskedWords(difference, [was, now]))
    lines.push(`  masked:   ${printable(words)}`);
  const diff = unifiedDiff(difference.text);
  if (diff.length > 0) lines.push(`  - ${was}, + ${now}:`, quoted(diff.join('\n')));
  return lines.join('\n');
}

/** A folder of recordings that belongs to no lesson. */
export function orphanText(name: string, written: boolean): string {
  const what = `recordings/${printable(name)} belongs to no lesson`;
  return written
    ? `${what}; removed`
    : `${what}\n  to fix:   npm run record, which removes it; or put its lesson back`;
}

/**
 * A lesson that did not do what it says: where, what, how to fix it, and the screen as it stood.
 */
export function runFailureText({ problem, screen }: RunFailure): string {
  const shown = screen.trimEnd();
  const lines = [printable(formatProblem(problem))];
  if (shown !== '') lines.push('  the last screen:', quoted(lastLines(shown, SCREEN_LINES)));
  return lines.join('\n');
}

/** A way in which labs have failed. */
export interface FailedLabs {
  readonly failure: LabFailure;
  readonly lessons: string[];
  readonly places: Place[];
}

/** Groups equal failures of labs, to report each of them once. */
export function labFailures(results: readonly LessonResult[]): FailedLabs[] {
  const known = new Map<string, FailedLabs>();
  for (const { lesson, failure } of results) {
    if (failure === undefined || failure instanceof RunFailure) continue;
    const same = known.get(failure.message) ?? { failure, lessons: [], places: [] };
    same.lessons.push(lesson);
    if (failure.at !== undefined) same.places.push(failure.at);
    known.set(failure.message, same);
  }
  return [...known.values()];
}

/** A lab that failed, the lessons that were not run, and the end of its Engine's log. */
export function labFailureText({
  failure: { message, hint, log },
  lessons,
  places,
}: FailedLabs): string {
  const ending = log.trimEnd();
  return [
    `the lab failed: ${printable(message)}`,
    `  not run:   ${lessons.join(', ')}`,
    ...places.map(
      ({ file, line, command }) => `  found at:  ${file}:${line}: \`${printable(command)}\``,
    ),
    `  to fix:   ${printable(hint)}`,
    ...(ending === ''
      ? []
      : ["  the end of the Engine's log:", quoted(lastLines(ending, LOG_LINES))]),
  ].join('\n');
}

/**
 * Each line behind a bar: output that looks like a command to CI (`::error::`) does not begin a
 * line.
 */
function quoted(text: string): string {
  return printable(text).replace(/^/gm, '    | ');
}

function lastLines(text: string, most: number): string {
  const lines = text.split('\n');
  return lines.length <= most
    ? text
    : [`… ${lines.length - most} lines before`, ...lines.slice(-most)].join('\n');
}
