import { ID, nameOf, splitName } from '../../../core/lesson/id.ts';
import type { Moved } from '../../../core/lesson/moved-text.ts';
import type { ProgressFault } from '../../i18n/client/progress.ts';

/**
 * A reader's progress, as stored in the browser and in the exported file. Ids are those of lessons
 * and steps in the workshop's addresses.
 */
export interface Progress {
  readonly version: 1;
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  /** The lesson to continue with. */
  readonly next?: string;
}

export interface LessonProgress {
  readonly done: boolean;
  /** Ticked steps, in the order in which they were ticked. */
  readonly steps: readonly string[];
  /** What the reader predicted, by step; absent if nothing. */
  readonly guesses?: Guesses;
}

export type Guesses = Readonly<Record<string, Guess>>;

/** A prediction that a reader has made. */
export interface Guess {
  /** 0-based position of the answer that was chosen first. */
  readonly choice: number;
  /** Whether that was right. */
  readonly first: boolean;
  /** Whether the answer that was chosen last was right. */
  readonly last: boolean;
}

/** A text is not a reader's progress. */
export class ProgressError extends Error {
  override readonly name = 'ProgressError';
  readonly fault: ProgressFault;

  constructor(fault: ProgressFault) {
    super(`no progress of a reader: ${JSON.stringify(fault)}`);
    this.fault = fault;
  }
}

export const NOTHING: Progress = { version: 1, lessons: {} };
const UNTOUCHED: LessonProgress = { done: false, steps: [] };

/**
 * Parses the output of `encodeProgress`.
 * @throws {ProgressError} if the text is not valid
 */
export function parseProgress(text: string): Progress {
  return read(text, (fault) => {
    throw new ProgressError(fault);
  });
}

/**
 * Reads the progress stored in this browser, leaving out invalid ids and values.
 * @returns the progress, and whether it is complete; if not, the text must be backed up before it
 *   is overwritten
 */
export function readKept(text: string): { readonly progress: Progress; readonly whole: boolean } {
  let whole = true;
  const progress = read(text, () => (whole = false));
  return { progress, whole };
}

/** @param refuse is called with each fault; what it concerns is left out */
function read(text: string, refuse: (fault: ProgressFault) => void): Progress {
  const nothing = (kind: 'notJson' | 'notOurs' | 'noLessons') => {
    refuse({ kind });
    return NOTHING;
  };
  const idsIn = (values: readonly unknown[]) => {
    for (const value of values)
      if (!isId(value)) refuse({ kind: 'noId', value: JSON.stringify(value) });
    return values.filter(isId);
  };
  const guessesIn = (id: string, values: unknown): Guesses => {
    if (values === undefined) return {};
    const named = isRecord(values) ? Object.entries(values) : [['', values] as const];
    return Object.fromEntries(
      named.flatMap(([step, guess]) => {
        if (isId(step) && isGuess(guess)) return [[step, guess] as const];
        refuse({ kind: 'noGuess', id: step === '' ? id : nameOf(id, step) });
        return [];
      }),
    );
  };
  const value = jsonOf(text);
  if (value === undefined) return nothing('notJson');
  if (!isRecord(value) || value['version'] !== 1) return nothing('notOurs');
  if (!isRecord(value['lessons'])) return nothing('noLessons');
  const lessons = Object.entries(value['lessons']).flatMap(([name, lesson]) =>
    idsIn([name]).flatMap((id) => {
      const { done, steps, guesses }: Record<string, unknown> = isRecord(lesson) ? lesson : {};
      if (!Array.isArray(steps)) refuse({ kind: 'noSteps', id });
      const ids = idsIn(Array.isArray(steps) ? steps : []);
      const entry = entryOf(done === true, [...new Set(ids)], guessesIn(id, guesses));
      return isRecord(lesson) ? [[id, entry] as const] : [];
    }),
  );
  const [next] = value['next'] === undefined ? [] : idsIn([value['next']]);
  return {
    version: 1,
    lessons: Object.fromEntries(lessons),
    ...(next !== undefined && { next }),
  };
}

export function encodeProgress(progress: Progress): string {
  return `${JSON.stringify(progress, null, 2)}\n`;
}

export function lessonProgress({ lessons }: Progress, lesson: string): LessonProgress {
  return Object.hasOwn(lessons, lesson) ? (lessons[lesson] ?? UNTOUCHED) : UNTOUCHED;
}

/** The progress with the current names of lessons and steps that had other names before. */
export function withMoved(progress: Progress, moved: Moved): Progress {
  const now = (name: string) => (Object.hasOwn(moved, name) ? (moved[name] ?? name) : name);
  const lessons = new Map<
    string,
    { done: boolean; steps: string[]; guesses: Record<string, Guess> }
  >();
  const entry = (id: string) => {
    const found = lessons.get(id) ?? { done: false, steps: [], guesses: {} };
    lessons.set(id, found);
    return found;
  };
  for (const [id, { done, steps, guesses = {} }] of Object.entries(progress.lessons)) {
    const current = now(id);
    entry(current).done ||= done;
    for (const name of steps.map((step) => now(nameOf(current, step)))) {
      const { lesson, step = '' } = splitName(name);
      const ticked = entry(lesson).steps;
      if (!ticked.includes(step)) ticked.push(step);
    }
    for (const [was, guess] of Object.entries(guesses)) {
      const { lesson, step = '' } = splitName(now(nameOf(current, was)));
      entry(lesson).guesses[step] ??= guess;
    }
  }
  const entries = [...lessons].map(
    ([id, { done, steps, guesses }]) => [id, entryOf(done, steps, guesses)] as const,
  );
  return {
    ...progress,
    lessons: Object.fromEntries(entries.filter(([, one]) => !isUntouched(one))),
    ...(progress.next !== undefined && { next: now(progress.next) }),
  };
}

/**
 * Ticks or unticks a step. A lesson is done with the last of its steps.
 * @param all the ids of the lesson's steps
 */
export function withStep(
  progress: Progress,
  lesson: string,
  step: string,
  ticked: boolean,
  all: readonly string[],
): Progress {
  const before = lessonProgress(progress, lesson);
  const { done, steps } = before;
  const others = steps.filter((id) => id !== step && all.includes(id));
  const now = ticked ? [...others, step] : others;
  const complete = ticked && all.every((id) => now.includes(id));
  const entry = { ...before, done: done || complete, steps: now };
  return { ...withEntry(progress, lesson, entry), next: lesson };
}

/**
 * Notes what a reader predicts. The first choice is kept; later ones are further tries.
 * @param choice 0-based position of the answer
 * @param right whether it is right
 */
export function withGuess(
  progress: Progress,
  lesson: string,
  step: string,
  choice: number,
  right: boolean,
): Progress {
  const before = lessonProgress(progress, lesson);
  const { choice: earlier = choice, first = right } = before.guesses?.[step] ?? {};
  const guesses = { ...before.guesses, [step]: { choice: earlier, first, last: right } };
  return withEntry(progress, lesson, { ...before, guesses });
}

/**
 * Marks a lesson as done, or as not done.
 * @param following the lesson to continue with, if there is one
 */
export function withLesson(
  progress: Progress,
  lesson: string,
  done: boolean,
  following: string | undefined,
): Progress {
  const marked = withEntry(progress, lesson, { ...lessonProgress(progress, lesson), done });
  return { ...marked, next: done ? (following ?? lesson) : lesson };
}

/**
 * Merges two progresses: whatever is done in either of them is done. The first determines where to
 * continue, and what was predicted if both say so.
 */
export function merged(first: Progress, second: Progress): Progress {
  const ids = [...new Set([...Object.keys(first.lessons), ...Object.keys(second.lessons)])];
  const lessons = ids.map((id) => {
    const [a, b] = [lessonProgress(first, id), lessonProgress(second, id)];
    const steps = [...new Set([...a.steps, ...b.steps])];
    return [id, entryOf(a.done || b.done, steps, { ...b.guesses, ...a.guesses })] as const;
  });
  const next = first.next ?? second.next;
  return {
    version: 1,
    lessons: Object.fromEntries(lessons),
    ...(next !== undefined && { next }),
  };
}

/**
 * CSS rules that show progress in lists of lessons. Unlike changes by a script, they apply before
 * the first paint, so that nothing flashes: `.mark` gets its text, `[data-when]` is shown or
 * hidden.
 * @param word the accessible text for a lesson that is done
 */
export function progressRules(progress: Progress, word: string): string {
  const rules = Object.entries(progress.lessons).flatMap(([id, { done, steps }]) => {
    // In a box of the start page, or in a link of the list beside a lesson.
    const mark = `:is([data-lesson="${id}"],[href$="/lessons/${id}/"]) .mark::before`;
    if (done) return [`${mark}{content:"✓";content:"✓" / "${word}"}`];
    if (steps.length === 0) return [];
    return [`${mark}{content:"${steps.length}/" attr(data-steps)}`];
  });
  if (rules.length === 0) return '';
  const next =
    progress.next === undefined ? [] : [`[data-lesson="${progress.next}"] .go-on{display:block}`];
  return [
    ...rules,
    ...next,
    '[data-when="new"]{display:none}',
    '[data-when="started"]{display:inline}',
  ].join('\n');
}

function withEntry(progress: Progress, lesson: string, entry: LessonProgress): Progress {
  const others = Object.entries(progress.lessons).filter(([id]) => id !== lesson);
  const entries = isUntouched(entry) ? others : [...others, [lesson, entry] as const];
  return { ...progress, lessons: Object.fromEntries(entries) };
}

function entryOf(done: boolean, steps: readonly string[], guesses: Guesses): LessonProgress {
  return { done, steps, ...(Object.keys(guesses).length > 0 && { guesses }) };
}

function isUntouched({ done, steps, guesses }: LessonProgress): boolean {
  return !done && steps.length === 0 && guesses === undefined;
}

function isGuess(value: unknown): value is Guess {
  if (!isRecord(value)) return false;
  const { choice, first, last } = value;
  return Number.isInteger(choice) && typeof first === 'boolean' && typeof last === 'boolean';
}

/** The value of a JSON text; undefined if it is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is an id. Checked strictly, since ids become part of selectors and addresses. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
