import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { REFERENCE } from '../../../src/core/lesson/command-help.ts';
import { ownMasks } from '../../../src/core/recording/masks.ts';
import { RunFailure } from '../run/failure.ts';
import type { LabFailure, Place } from '../run/lab-queue.ts';
import { isSameScreen, type Change, type ChangeKind } from '../compare/outcome.ts';
import type { LessonResult, RecordResult, Source } from '../record.ts';
import { maskedDifference } from './difference.ts';
import { printable } from './printable.ts';

/** Lines of a screen, and of the Engine's log, that a failure shows. */
const SCREEN_LINES = 24;
const LOG_LINES = 30;

type Changed = Extract<LessonResult, { kind: 'changed' }>;
type Pending = Extract<LessonResult, { kind: 'pending' }>;

/** Everything that a person should read about a run, but the summary line; empty if all is as recorded. */
export function details(result: RecordResult, check: boolean): string[] {
  if (result.problems.length > 0)
    return [
      ...result.problems.map((problem) => printable(formatProblem(problem))),
      `${count(result.problems.length, 'problem')}; nothing was played`,
    ];
  return [
    ...result.lessons.flatMap((lesson) =>
      lessonDetails(lesson, check, result.sources.get(lesson.lesson)),
    ),
    ...labFailures(result.lessons).map(labFailureText),
    ...result.orphans.map((name) => orphanText(name, check)),
  ];
}

/** The last line of a run: it counts lessons. The reference of commands is told above it and decides the status with them. */
export function summary({ lessons }: RecordResult): string {
  const of = (...kinds: LessonResult['kind'][]) =>
    lessons.filter(({ lesson, kind }) => lesson !== REFERENCE && kinds.includes(kind)).length;
  return `lessons: ${of('as recorded')} as recorded, ${of('changed', 'pending')} changed, ${of('failed', 'noisy')} failed`;
}

function lessonDetails(result: LessonResult, check: boolean, source: Source | undefined): string[] {
  switch (result.kind) {
    case 'as recorded':
      return [];
    case 'pending':
      return [
        ...[...result.steps.keys()].map((step) => pendingText(result, step, source)),
        ...result.leftOver.map((name) => removedText(result, name, true)),
      ];
    case 'changed':
      return [
        ...namedSteps(result),
        ...result.changes.flatMap((change) =>
          change.kind === 'new' || isSameScreen(change)
            ? []
            : [changeText(result, change, check, source)],
        ),
        ...result.removed.map((name) => removedText(result, name, check)),
      ];
    case 'noisy':
      return result.changes.map((change) => changeText(result, change, check, source));
    case 'failed':
      return result.failure instanceof RunFailure ? [runFailureText(result.failure)] : [];
  }
}

/** A step that has no recording of its present source. */
export function pendingText(
  { file, lesson, steps, damage }: Pending,
  step: string,
  source: Source | undefined,
): string {
  const found = damage.get(step);
  const line = source?.steps.find(({ id }) => id === step)?.line ?? 1;
  return formatProblem({
    ...placeOf({ file, line }, step, source),
    title: `the recording of the step ${step} is ${steps.get(step) ?? 'missing'}`,
    ...(found !== undefined && { found }),
    hint: `npm run record -- ${lesson}`,
  });
}

/** Where a step stands; that of a command's help where a lesson uses the command. */
export function placeOf(
  step: { readonly file: string; readonly line: number },
  id: string,
  source: Source | undefined,
): { readonly file: string; readonly line: number } {
  return source?.places?.get(id) ?? step;
}

/** A file in the lesson's folder of recordings that belongs to no step. */
export function removedText(
  { file, lesson }: Changed | Pending,
  name: string,
  check: boolean,
): string {
  const what = `${file}:1: recordings/${lesson}/${printable(name)} belongs to no step`;
  return check ? `${what}\n  to fix:   npm run record -- ${lesson}` : `${what}; removed`;
}

/** A folder of recordings that belongs to no lesson. */
export function orphanText(name: string, check: boolean): string {
  const what = `recordings/${printable(name)} belongs to no lesson`;
  return check
    ? `${what}\n  to fix:   npm run record, which removes it; or put its lesson back`
    : `${what}; removed`;
}

/** A lesson that did not do what it says: where, what, how to fix it, and the screen as it stood. */
export function runFailureText({ problem, screen }: RunFailure): string {
  const shown = screen.trimEnd();
  const lines = [printable(formatProblem(problem))];
  if (shown !== '') lines.push('  the screen as it stood:', quoted(lastLines(shown, SCREEN_LINES)));
  return lines.join('\n');
}

/** A way in which labs have failed. */
export interface FailedLabs {
  readonly failure: LabFailure;
  readonly lessons: string[];
  /** What was typed in them; none where no lab could be had. */
  readonly places: Place[];
}

/** A lab that cannot be had fails every lesson in the same way: it is told once. */
export function labFailures(results: readonly LessonResult[]): FailedLabs[] {
  const told = new Map<string, FailedLabs>();
  for (const result of results) {
    if (result.kind !== 'failed' || result.failure instanceof RunFailure) continue;
    const { failure } = result;
    const same = told.get(failure.message) ?? { failure, lessons: [], places: [] };
    same.lessons.push(result.lesson);
    if (failure.at !== undefined) same.places.push(failure.at);
    told.set(failure.message, same);
  }
  return [...told.values()];
}

/** A lab that failed, the lessons that were not played for it, and the last of its Engine's log. */
export function labFailureText({
  failure: { message, hint, log },
  lessons,
  places,
}: FailedLabs): string {
  const ending = log.trimEnd();
  return [
    `the lab failed: ${printable(message)}`,
    `  not played: ${lessons.join(', ')}`,
    ...places.map(
      ({ file, line, command }) => `  found at:  ${file}:${line}: \`${printable(command)}\``,
    ),
    `  to fix:   ${printable(hint)}`,
    ...(ending === ''
      ? []
      : ["  the end of the Engine's log:", quoted(lastLines(ending, LOG_LINES))]),
  ].join('\n');
}

/** Steps of which there is no difference to show: one line for all of a lesson. */
function namedSteps({ file, changes }: Changed): string[] {
  return TOGETHER.flatMap((kind) => {
    const steps = changes.filter((change) => change.kind === kind).map(({ step }) => step);
    return steps.length === 0 ? [] : [`${file}: ${CHANGE_WORDS[kind]}: ${steps.join(', ')}`];
  });
}

const TOGETHER = ['new', 'source', 'follows'] as const;

/** What became of a step. */
export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  new: 'recorded for the first time',
  source: 'edited, or what comes before it was; the same screen',
  follows: 'follows an edited step; the same screen',
  edited: 'was edited and shows something else',
  drift: 'shows something else than was recorded',
  noise: 'differs between two runs: it is not recorded',
};

/** A step that changed, with what to do about it and the masked difference. */
export function changeText(
  { file, lesson }: Pick<Changed, 'file' | 'lesson'>,
  { step, line, kind, before, after, picture, showing, fix }: Change,
  check: boolean,
  source: Source | undefined,
): string {
  const link = ['edited', 'drift', 'noise'].includes(kind) ? ' ' : ': ';
  const [was, now] = kind === 'noise' ? ['first run', 'second run'] : ['recorded', 'now'];
  const place = placeOf({ file, line }, step, source);
  const lines = [`${place.file}:${place.line}: the step ${step}${link}${CHANGE_WORDS[kind]}`];
  if (fix !== undefined) lines.push(`  to fix:   ${printable(fix)}`);
  else if (check)
    lines.push(
      kind === 'drift'
        ? `  to fix:   if it is right, npm run record -- --all ${lesson}: it writes what two runs ` +
            'show, and tells what differs between them'
        : `  to fix:   npm run record -- ${lesson}, then look at the difference`,
    );
  if (before === undefined) return lines.join('\n');
  if (String(before.exits) !== String(after.exits))
    lines.push(
      `  exit statuses: ${was} ${exitWords(before.exits)}, ${now} ${exitWords(after.exits)}`,
    );
  if (picture !== undefined) lines.push(`  its picture: ${picture}`);
  if (showing !== undefined) lines.push(`  the same text: ${printable(showing)}`);
  const own = source === undefined ? [] : ownMasks(source.lesson);
  const difference = maskedDifference(before.screen, after.screen, own);
  if (difference.length > 0)
    lines.push(`  - ${was}, + ${now}:`, quoted(printable(difference.join('\n'))));
  return lines.join('\n');
}

/** The exit statuses of a step's commands; a command without one has left a program open. */
export function exitWords(exits: readonly (number | null)[]): string {
  return exits.map((status) => (status === null ? 'open' : String(status))).join(' ');
}

/** Each line behind a bar: output that looks like a command to CI (`::error::`) does not begin a line. */
function quoted(text: string): string {
  return printable(text).replace(/^/gm, '    | ');
}

function lastLines(text: string, most: number): string {
  const lines = text.split('\n');
  return lines.length <= most
    ? text
    : [`… ${lines.length - most} lines before`, ...lines.slice(-most)].join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
