import { lessonIdOf } from '../../../src/core/lesson/id.ts';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import { RunFailure } from '../run/failure.ts';
import type { LessonResult, RecordResult, Source } from '../record.ts';
import { printable } from './printable.ts';
import {
  CHANGE_WORDS,
  changeText,
  labFailures,
  labFailureText,
  orphanText,
  placeOf,
  pendingText,
  runFailureText,
  removedText,
} from './text.ts';

/** How one step of a lesson came out, or what belongs to none: for views that list each of them. */
export interface Verdict {
  readonly lesson: string;
  /** The step's id, or what stands in its place. */
  readonly name: string;
  /** As the author knows it; absent where nothing of the lesson is at fault. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly seconds: number;
  /**
   * `ok`; `failed`: the lesson or its recordings have to be fixed; `error`: it could not be found out;
   * `noted`: it changed and was written; `skipped`: not reached.
   */
  readonly kind: 'ok' | 'failed' | 'error' | 'noted' | 'skipped';
  /** What it is, in a word or two. */
  readonly type: string;
  /** One line. */
  readonly title: string;
  /** What a terminal shows. */
  readonly text: string;
}

/** A verdict on every step that was asked for, in the order of the lessons. */
export function verdicts(result: RecordResult, check: boolean): Verdict[] {
  const problems = result.problems.map((problem): Verdict => ({
    lesson: lessonIdOf(problem.file),
    name: `line ${problem.line}`,
    file: problem.file,
    line: problem.line,
    seconds: 0,
    kind: 'error',
    type: 'invalid lesson',
    title: printable(problem.title),
    text: printable(formatProblem(problem)),
  }));
  const labs = new Map(
    labFailures(result.lessons).flatMap((failed) =>
      failed.lessons.map((lesson) => [lesson, labFailureText(failed)] as const),
    ),
  );
  return [
    ...problems,
    ...result.lessons.flatMap((lesson) => {
      const source = result.sources.get(lesson.lesson);
      return source === undefined
        ? []
        : lessonVerdicts(lesson, source, check, labs.get(lesson.lesson) ?? '');
    }),
    ...result.orphans.map((name): Verdict => ({
      lesson: printable(name),
      name: 'recordings',
      seconds: 0,
      kind: check ? 'failed' : 'noted',
      type: 'left over',
      title: `recordings/${printable(name)} belongs to no lesson`,
      text: orphanText(name, check),
    })),
  ];
}

/** With the line of a command, where it is not told at that of its step. */
type Outcome = Pick<Verdict, 'kind' | 'type' | 'title' | 'text' | 'line'>;

const OK: Outcome = { kind: 'ok', type: 'as recorded', title: 'as recorded', text: '' };

function lessonVerdicts(
  result: LessonResult,
  source: Source,
  check: boolean,
  labText: string,
): Verdict[] {
  const took = 'took' in result ? result.took : undefined;
  const of = (outcomeOf: (step: string, index: number) => Outcome): Verdict[] =>
    source.steps.map(({ id, line }, index) => ({
      lesson: result.lesson,
      name: id,
      ...placeOf({ file: source.lesson.file, line }, id, source),
      seconds: (took?.get(id) ?? 0) / 1000,
      ...outcomeOf(id, index),
    }));
  switch (result.kind) {
    case 'as recorded':
      return of(() => OK);
    case 'pending':
      return [
        ...of((step) => {
          const why = result.steps.get(step);
          if (why === undefined) return OK;
          const title = `the recording of the step ${step} is ${why}`;
          return { kind: 'failed', type: why, title, text: pendingText(result, step, source) };
        }),
        ...leftOverVerdicts(result, result.leftOver, true),
      ];
    case 'changed':
      return [
        ...of((step) => {
          const change = result.changes.find((candidate) => candidate.step === step);
          if (change === undefined) return OK;
          // The edit itself is told with its own step.
          const isFault = check && change.kind !== 'follows';
          return {
            kind: isFault ? 'failed' : 'noted',
            type: change.kind,
            title: `the step ${step}: ${CHANGE_WORDS[change.kind]}`,
            text: changeText(result, change, check, source),
          };
        }),
        ...leftOverVerdicts(result, result.removed, check),
      ];
    case 'noisy':
      return of((step) => {
        const change = result.changes.find((candidate) => candidate.step === step);
        if (change === undefined) return OK;
        return {
          kind: 'failed',
          type: change.kind,
          title: `the step ${step} ${CHANGE_WORDS[change.kind]}`,
          text: changeText(result, change, check, source),
          line: change.line,
        };
      });
    case 'failed':
      return result.failure instanceof RunFailure
        ? failedVerdicts(result.lesson, result.failure, source, of)
        : labVerdicts(result.lesson, source, printable(result.failure.message), labText);
  }
}

function leftOverVerdicts(
  result: Extract<LessonResult, { kind: 'changed' | 'pending' }>,
  names: readonly string[],
  check: boolean,
): Verdict[] {
  return names.map((name) => ({
    lesson: result.lesson,
    name: printable(name),
    file: result.file,
    line: 1,
    seconds: 0,
    kind: check ? 'failed' : 'noted',
    type: 'left over',
    title: `recordings/${result.lesson}/${printable(name)} belongs to no step`,
    text: removedText(result, name, check),
  }));
}

const NOT_PLAYED: Outcome = { kind: 'skipped', type: 'not played', title: 'not played', text: '' };

function failedVerdicts(
  lesson: string,
  failure: RunFailure,
  source: Source,
  of: (outcomeOf: (step: string, index: number) => Outcome) => Verdict[],
): Verdict[] {
  const { problem, status } = failure;
  const outcome: Outcome = {
    kind: 'failed',
    type: status === 30 ? 'time-out' : 'not as expected',
    title: printable(problem.title),
    text: runFailureText(failure),
  };
  // A file that could not be written, or a mask: none of the steps, and the step asked for may not be reached.
  const at = source.steps.findIndex(({ id }) => id === failure.step);
  const own: Verdict[] =
    at >= 0
      ? []
      : [{ lesson, name: failure.step ?? `line ${problem.line}`, seconds: 0, ...outcome }];
  return [
    ...own,
    ...of((step, index) =>
      step === failure.step ? outcome : at >= 0 && index < at ? OK : NOT_PLAYED,
    ),
  ].map((verdict) =>
    verdict.kind === 'failed' ? { ...verdict, file: problem.file, line: problem.line } : verdict,
  );
}

/** The lab failed as a whole: told with the first step, and not as a fault of its line. */
function labVerdicts(lesson: string, { steps }: Source, message: string, text: string): Verdict[] {
  const title = `the lab failed: ${message}`;
  return steps.map(({ id }, index) => ({
    lesson,
    name: id,
    seconds: 0,
    ...(index === 0 ? { kind: 'error', type: 'lab', title, text } : NOT_PLAYED),
  }));
}
