import { structuredPatch } from 'diff';
import { formatProblem } from '../../src/lesson/problem.ts';
import { REFERENCE } from '../../src/lesson/reference.ts';
import { comparable } from '../../src/recording/compare.ts';
import { PlayFailure } from './failure.ts';
import type { LabFailure } from './lab-queue.ts';
import type { Change, ChangeKind } from './outcome.ts';
import type { LessonResult, RecordResult } from './record.ts';

/** Lines of context around a difference. */
const CONTEXT = 2;

/** Everything that a person should read about a run, but the summary line; empty if all is as recorded. */
export function details(result: RecordResult, check: boolean): string[] {
  if (result.problems.length > 0)
    return [
      ...result.problems.map(formatProblem),
      `${count(result.problems.length, 'problem')}; nothing was played`,
    ];
  return [
    ...result.lessons.flatMap((lesson) => lessonDetails(lesson, check)),
    ...labFailures(result.lessons),
  ];
}

/** The last line of a run. */
export function summary({ lessons }: RecordResult): string {
  const of = (...kinds: LessonResult['kind'][]) =>
    lessons.filter(({ lesson, kind }) => lesson !== REFERENCE && kinds.includes(kind)).length;
  return `lessons: ${of('as recorded')} as recorded, ${of('changed', 'pending')} changed, ${of('failed')} failed`;
}

/** The run as one JSON value. */
export function asJson(result: RecordResult): string {
  const steps = result.lessons.flatMap(
    (lesson): { lesson: string; step: string; change: string }[] => {
      if (lesson.kind === 'changed')
        return lesson.changes.map(({ step, kind }) => ({
          lesson: lesson.lesson,
          step,
          change: kind,
        }));
      if (lesson.kind === 'pending')
        return [...lesson.steps].map(([step, change]) => ({ lesson: lesson.lesson, step, change }));
      return [];
    },
  );
  const failures = result.lessons.flatMap((lesson) => {
    if (lesson.kind !== 'failed') return [];
    const { failure } = lesson;
    const what =
      failure instanceof PlayFailure
        ? { ...failure.problem, screen: failure.screen }
        : { title: failure.message, hint: failure.hint, log: failure.log };
    return [{ lesson: lesson.lesson, status: failure.status, ...what }];
  });
  const lessons = result.lessons.map(({ lesson, kind }) => ({ lesson, result: kind }));
  return JSON.stringify({
    status: result.status,
    lessons,
    steps,
    failures,
    problems: result.problems,
  });
}

function lessonDetails(result: LessonResult, check: boolean): string[] {
  switch (result.kind) {
    case 'as recorded':
      return [];
    case 'pending':
      return [...result.steps].map(([step, why]) =>
        formatProblem({
          file: result.file,
          line: 1,
          title: `the recording of the step ${step} is ${why}`,
          hint: `npm run record -- ${result.lesson}`,
        }),
      );
    case 'changed':
      return [
        ...namedSteps(result),
        ...result.changes.flatMap((change) =>
          change.kind === 'new' || change.kind === 'source'
            ? []
            : [changeText(result, change.kind, change, check)],
        ),
        ...result.removed.map(
          (name) =>
            `${result.file}: recordings/${result.lesson}/${name} belongs to no step${check ? '' : '; removed'}`,
        ),
      ];
    case 'failed':
      return result.failure instanceof PlayFailure ? [playFailureText(result.failure)] : [];
  }
}

function playFailureText({ problem, screen }: PlayFailure): string {
  const shown = screen.trimEnd();
  if (shown === '') return formatProblem(problem);
  return [formatProblem(problem), '  the screen as it stood:', indent(lastLines(shown, 24))].join(
    '\n',
  );
}

/** A lab that cannot be had fails every lesson in the same way: it is told once. */
function labFailures(lessons: readonly LessonResult[]): string[] {
  const told = new Map<string, { failure: LabFailure; lessons: string[] }>();
  for (const result of lessons) {
    if (result.kind !== 'failed' || result.failure instanceof PlayFailure) continue;
    const { failure } = result;
    const same = told.get(failure.message) ?? { failure, lessons: [] };
    same.lessons.push(result.lesson);
    told.set(failure.message, same);
  }
  return Array.from(told.values(), ({ failure, lessons: names }) => {
    const log = failure.log.trimEnd();
    return [
      `the lab failed: ${failure.message}`,
      `  not played: ${names.join(', ')}`,
      `  to mend:  ${failure.hint}`,
      ...(log === '' ? [] : ["  the end of the Engine's log:", indent(lastLines(log, 30))]),
    ].join('\n');
  });
}

/** Steps of which there is no difference to show: one line for all of a lesson. */
function namedSteps({ file, changes }: Extract<LessonResult, { kind: 'changed' }>): string[] {
  return Object.entries(TOGETHER).flatMap(([kind, what]) => {
    const steps = changes.filter((change) => change.kind === kind).map(({ step }) => step);
    return steps.length === 0 ? [] : [`${file}: ${what}: ${steps.join(', ')}`];
  });
}

const TOGETHER: Record<Exclude<ChangeKind, keyof typeof WHAT>, string> = {
  new: 'recorded for the first time',
  source: 'another source, the same screen',
};

const WHAT = {
  edited: 'was edited and shows something else',
  drift: 'shows something else than was recorded',
} satisfies Partial<Record<ChangeKind, string>>;

function changeText(
  { file, lesson }: { readonly file: string; readonly lesson: string },
  kind: keyof typeof WHAT,
  change: Change,
  check: boolean,
): string {
  const lines = [`${file}:${change.line}: the step ${change.step} ${WHAT[kind]}`];
  if (check)
    lines.push(
      `  to mend:  npm run record -- ${kind === 'drift' ? '--all ' : ''}${lesson}, then look at the difference`,
    );
  const { before, after } = change;
  if (before === undefined) return lines.join('\n');
  if (String(before.exits) !== String(after.exits))
    lines.push(
      `  exit statuses: recorded ${before.exits.map(exit).join(' ')}, now ${after.exits.map(exit).join(' ')}`,
    );
  return [...lines, ...screenDifference(before.screen, after.screen)].join('\n');
}

/** The masked difference of two screens, as a unified diff. */
function screenDifference(before: string, after: string): string[] {
  const text = (screen: string) =>
    `${comparable(screen)
      .map((line) => line.text)
      .join('\n')}\n`;
  const { hunks } = structuredPatch(
    'recorded',
    'now',
    text(before),
    text(after),
    undefined,
    undefined,
    { context: CONTEXT },
  );
  return hunks.flatMap(({ lines }) => lines.map((line) => `    ${line}`));
}

function exit(status: number | null): string {
  return status === null ? 'open' : String(status);
}

function indent(text: string): string {
  return text.replace(/^/gm, '    | ');
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
