import { placeOf } from '../../../src/core/lesson/model.ts';
import { formatProblem } from '../../../src/core/lesson/problem.ts';
import type { Change, Location } from '../compare/change.ts';
import type { LessonResult, RecordResult } from '../result.ts';
import { RunFailure } from '../run/failure.ts';
import { printable } from './printable.ts';
import { CHANGE_WORDS, changeTitle } from './sentences.ts';
import { changeText, labFailures, labFailureText, orphanText, runFailureText } from './text.ts';

/** The outcome of a step, or of something that belongs to no step. */
export interface TestCase {
  readonly lesson: string;
  readonly name: string;
  /** Path for the author; absent if the lesson is not at fault. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  readonly seconds: number;
  /** `failed`: has to be fixed; `error`: not known; `noted`: changed and written. */
  readonly kind: 'ok' | 'failed' | 'error' | 'noted' | 'skipped';
  readonly type: string;
  readonly title: string;
  /** As in the terminal. */
  readonly text: string;
}

/** A test case for every requested step, in the order of the lessons. */
export function testCases(result: RecordResult): TestCase[] {
  const { problems, lessons, orphans, written } = result;
  const labs = new Map(
    labFailures(lessons).flatMap((failed) =>
      failed.lessons.map((lesson) => [lesson, labFailureText(failed)] as const),
    ),
  );
  return [
    ...problems.map((problem): TestCase => ({
      lesson: problem.file.replace(/^.*[/\\]/, '').replace(/\.mdx$/, ''),
      name: `line ${problem.line}`,
      file: problem.file,
      line: problem.line,
      seconds: 0,
      kind: 'error',
      type: 'invalid lesson',
      title: printable(problem.title),
      text: printable(formatProblem(problem)),
    })),
    ...lessons.flatMap((lesson) =>
      lesson.failure === undefined
        ? lessonCases(lesson, written)
        : lesson.failure instanceof RunFailure
          ? failedCases(lesson, lesson.failure)
          : labCases(lesson, lesson.failure.message, labs.get(lesson.lesson) ?? ''),
    ),
    ...orphans.map((name): TestCase => ({
      lesson: printable(name),
      name: 'recordings',
      seconds: 0,
      kind: written ? 'noted' : 'failed',
      type: 'left over',
      title: `recordings/${printable(name)} belongs to no lesson`,
      text: orphanText(name, written),
    })),
  ];
}

type Outcome = Pick<TestCase, 'kind' | 'type' | 'title' | 'text'>;

const OK: Outcome = { kind: 'ok', type: 'as recorded', title: 'as recorded', text: '' };
const NOT_RUN: Outcome = { kind: 'skipped', type: 'not run', title: 'not run', text: '' };

function lessonCases(
  { lesson, source, changes, durations }: LessonResult,
  written: boolean,
): TestCase[] {
  const caseOf = (change: Change): Outcome & Location => ({
    file: change.file,
    line: change.line,
    // Noise is never written.
    kind: change.kind === 'noise' || (!written && !isBeside(change)) ? 'failed' : 'noted',
    type: change.kind === 'removed' ? CHANGE_WORDS.removed : change.kind,
    title: changeTitle(lesson, change),
    text: changeText(lesson, change, written),
  });
  return [
    ...source.steps.map((step) => {
      const change = changes.find((one) => 'step' in one && one.step === step.id);
      const seconds = (durations.get(step.id) ?? 0) / 1000;
      const outcome = change ? caseOf(change) : { ...placeOf(source.lesson, step), ...OK };
      return { lesson, name: step.id, seconds, ...outcome };
    }),
    ...changes.flatMap((change) =>
      'name' in change
        ? [{ lesson, name: printable(change.name), seconds: 0, ...caseOf(change) }]
        : [],
    ),
  ];
}

/** Whether it only goes with the change of another step, which is reported there. */
function isBeside({ kind }: Change): boolean {
  return kind === 'follows' || kind === 'shares';
}

function failedCases({ lesson, source }: LessonResult, failure: RunFailure): TestCase[] {
  const { problem, status, step: failed } = failure;
  const outcome = {
    kind: 'failed' as const,
    type: status === 30 ? 'time-out' : 'not as expected',
    title: printable(problem.title),
    text: runFailureText(failure),
    file: problem.file,
    line: problem.line,
  };
  // -1 if the failure belongs to no step, such as that of a file or a mask.
  const at = source.steps.findIndex(({ id }) => id === failed);
  const own = { lesson, name: failed ?? `line ${problem.line}`, seconds: 0, ...outcome };
  const steps = source.steps.map((step, index): TestCase => {
    const of = { lesson, name: step.id, ...placeOf(source.lesson, step), seconds: 0 };
    return { ...of, ...(index === at ? outcome : index < at ? OK : NOT_RUN) };
  });
  return at >= 0 ? steps : [own, ...steps];
}

/** A failed lab is reported with the first step, but not as a fault of its line. */
function labCases({ lesson, source }: LessonResult, message: string, text: string): TestCase[] {
  const title = `the lab failed: ${printable(message)}`;
  return source.steps.map(({ id }, index) => ({
    lesson,
    name: id,
    seconds: 0,
    ...(index === 0 ? { kind: 'error', type: 'lab', title, text } : NOT_RUN),
  }));
}
