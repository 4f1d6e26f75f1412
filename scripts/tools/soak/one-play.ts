import { nameOf } from '../../../src/core/lesson/id.ts';

/** How a process `record --check --all --json` ended. */
export interface Ended {
  /** null if a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
}

/** What is counted. */
export interface Counts {
  /** Lessons that were played. */
  readonly lessons: number;
  /** Steps that changed; a lesson that changed in none of them, by files that are left over, counts as one. */
  readonly changed: number;
  /** Lessons that failed, or of which nothing is known. */
  readonly failed: number;
  /** Lessons whose lab failed, and that were played in a second one. */
  readonly triedAgain: number;
}

/** One play of all lessons, and in words what was not as recorded. */
export interface OnePlay extends Counts {
  readonly notes: readonly string[];
}

/** What `record --json` tells, as far as it is read here. */
interface Told {
  readonly lessons: readonly { readonly lesson: string; readonly result: string }[];
  readonly steps: readonly { readonly lesson: string; readonly step: string }[];
  readonly failures: readonly { readonly lesson: string; readonly title: string }[];
  readonly triedAgain: readonly string[];
}

/** The statuses of a play that was played to its end: 0, or why it is not as recorded. */
const PLAYED = [0, 10, 20, 30, 40];

/**
 * What one play says. One that did not come to its end, or does not tell of all lessons, proves nothing about them.
 * @param expected ids of all lessons
 */
export function judge({ status, stdout }: Ended, expected: readonly string[]): OnePlay {
  const nothing = (why: string): OnePlay => ({
    lessons: 0,
    changed: 0,
    failed: expected.length,
    triedAgain: 0,
    notes: [`the play ended with ${status ?? 'a signal'}, ${why}`],
  });
  if (status === null || !PLAYED.includes(status)) return nothing('and not as a play ends');
  const told = parse(stdout);
  if (told === undefined) return nothing('and its result cannot be read');

  const steps = told.steps.map(({ lesson, step }) => `${nameOf(lesson, step)} changed`);
  const stepless = told.lessons
    .filter(({ result }) => result === 'changed')
    .filter(({ lesson }) => !told.steps.some((step) => step.lesson === lesson))
    .map(({ lesson }) => `${lesson} changed, but none of its steps`);
  const failed = told.failures.map(({ lesson, title }) => `${lesson} failed: ${title}`);
  const missing = expected
    .filter((id) => !told.lessons.some(({ lesson }) => lesson === id))
    .map((id) => `${id} was not played`);
  const wrong = [...steps, ...stepless, ...failed, ...missing];
  if (status !== 0 && wrong.length === 0) return nothing('and does not say why');
  return {
    lessons: told.lessons.length,
    changed: steps.length + stepless.length,
    failed: failed.length + missing.length,
    triedAgain: told.triedAgain.length,
    notes: [...wrong, ...told.triedAgain.map((id) => `${id} was played in a second lab`)],
  };
}

export function sumOf(plays: readonly Counts[]): Counts {
  const sum = (of: (play: Counts) => number) => plays.reduce((all, play) => all + of(play), 0);
  return {
    lessons: sum(({ lessons }) => lessons),
    changed: sum(({ changed }) => changed),
    failed: sum(({ failed }) => failed),
    triedAgain: sum(({ triedAgain }) => triedAgain),
  };
}

/** The last line of a soak. */
export function resultLine(plays: number, sum: Counts): string {
  return `plays: ${plays}, lessons played: ${sum.lessons}, steps changed: ${sum.changed}, lessons failed: ${sum.failed}, labs tried again: ${sum.triedAgain}`;
}

function parse(stdout: string): Told | undefined {
  try {
    const { lessons, steps, failures, triedAgain } = JSON.parse(stdout) as Partial<Told>;
    if (lessons === undefined || steps === undefined || failures === undefined) return undefined;
    return triedAgain && { lessons, steps, failures, triedAgain };
  } catch {
    return undefined;
  }
}
