import { nameOf } from '../../../src/core/lesson/id.ts';

/** How a `record --check --all --json` process ended. */
export interface Ended {
  /** null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
}

export interface Counts {
  /** Lessons that were run. */
  readonly lessons: number;
  /**
   * Steps that changed. A lesson that changed only because of leftover files counts as one.
   */
  readonly changed: number;
  /** Lessons that failed or have no result. */
  readonly failed: number;
  /** Lessons that were run again in a second lab because the first one failed. */
  readonly triedAgain: number;
}

/** One run of all lessons, with a note for each deviation from the recordings. */
export interface OneRun extends Counts {
  readonly notes: readonly string[];
}

/** The fields of the output of `record --json` that are used here. */
interface RecordOutput {
  readonly lessons: readonly { readonly lesson: string; readonly result: string }[];
  readonly steps: readonly { readonly lesson: string; readonly step: string }[];
  readonly failures: readonly { readonly lesson: string; readonly title: string }[];
  readonly triedAgain: readonly string[];
}

/** Exit statuses of a complete run: 0, or the kind of deviation from the recordings. */
const COMPLETE = [0, 10, 20, 30, 40];

/**
 * Evaluates one run. If it is incomplete, or a lesson has no result, those lessons count as failed.
 * @param expected ids of all lessons
 */
export function judge({ status, stdout }: Ended, expected: readonly string[]): OneRun {
  const nothing = (why: string): OneRun => ({
    lessons: 0,
    changed: 0,
    failed: expected.length,
    triedAgain: 0,
    notes: [`the run ended with ${status ?? 'a signal'}, ${why}`],
  });
  if (status === null || !COMPLETE.includes(status)) return nothing('so it is incomplete');
  const output = parse(stdout);
  if (output === undefined) return nothing('and its result cannot be read');

  const steps = output.steps.map(({ lesson, step }) => `${nameOf(lesson, step)} changed`);
  const stepless = output.lessons
    .filter(({ result }) => result === 'changed')
    .filter(({ lesson }) => !output.steps.some((step) => step.lesson === lesson))
    .map(({ lesson }) => `${lesson} changed, but none of its steps`);
  const failed = output.failures.map(({ lesson, title }) => `${lesson} failed: ${title}`);
  const missing = expected
    .filter((id) => !output.lessons.some(({ lesson }) => lesson === id))
    .map((id) => `${id} was not run`);
  const wrong = [...steps, ...stepless, ...failed, ...missing];
  if (status !== 0 && wrong.length === 0) return nothing('but its output gives no reason');
  return {
    lessons: output.lessons.length,
    changed: steps.length + stepless.length,
    failed: failed.length + missing.length,
    triedAgain: output.triedAgain.length,
    notes: [...wrong, ...output.triedAgain.map((id) => `${id} was run in a second lab`)],
  };
}

export function sumOf(runs: readonly Counts[]): Counts {
  const sum = (of: (run: Counts) => number) => runs.reduce((all, run) => all + of(run), 0);
  return {
    lessons: sum(({ lessons }) => lessons),
    changed: sum(({ changed }) => changed),
    failed: sum(({ failed }) => failed),
    triedAgain: sum(({ triedAgain }) => triedAgain),
  };
}

/** The last line of a soak. */
export function resultLine(runs: number, sum: Counts): string {
  return `runs: ${runs}, lessons run: ${sum.lessons}, steps changed: ${sum.changed}, lessons failed: ${sum.failed}, labs tried again: ${sum.triedAgain}`;
}

function parse(stdout: string): RecordOutput | undefined {
  try {
    const { lessons, steps, failures, triedAgain } = JSON.parse(stdout) as Partial<RecordOutput>;
    if (lessons === undefined || steps === undefined || failures === undefined) return undefined;
    return triedAgain && { lessons, steps, failures, triedAgain };
  } catch {
    return undefined;
  }
}
