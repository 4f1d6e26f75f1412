import type { Problem } from '../lesson/problem.ts';
import { ERRORS_FILE, errorPattern, inOneLine, type KnownError } from './errors.ts';

/** An error message in the recording of a step that its page shows. */
export interface ShownError {
  readonly lesson: string;
  readonly step: string;
  /** The line that the step printed. */
  readonly message: string;
  /** Major versions of the Engines with which it does; empty if it does so with all. */
  readonly engines: readonly string[];
  /** The file of the lesson, and the 1-based line of the command. */
  readonly file: string;
  readonly line: number;
}

/** A known error with the steps that show it, in reading order. */
export interface IndexedError {
  readonly error: KnownError;
  readonly shown: readonly ShownError[];
}

/**
 * The known errors with the steps that show them: first those that a lesson shows, in the order in
 * which readers meet them, then the others.
 * @param shown in reading order
 */
export function errorIndex(
  errors: readonly KnownError[],
  shown: readonly ShownError[],
): IndexedError[] {
  const byError = Map.groupBy(shown, (each) => entryFor(errors, each));
  const met = [...byError].flatMap(([error, steps]) => (error ? [{ error, shown: steps }] : []));
  const others = errors.filter((error) => !byError.has(error));
  return [...met, ...others.map((error) => ({ error, shown: [] }))];
}

/** The messages of lessons that no entry of the list finds. */
export function unlistedErrors(
  errors: readonly KnownError[],
  shown: readonly ShownError[],
): Problem[] {
  return shown
    .filter((each) => entryFor(errors, each) === undefined)
    .map(({ step, message, engines, file, line }) => {
      const on = engines.length === 0 ? '' : ` on Engine ${engines.join(', ')}`;
      return {
        ...{ file, line },
        title: `no entry of ${ERRORS_FILE} finds a message of the step ${step}${on}`,
        expected: 'an entry whose pattern finds it, for the page of error messages',
        found: message,
        hint:
          `add an entry to ${ERRORS_FILE} (id, message, pattern, means, do, source), above more ` +
          'general ones, or widen the pattern of one that means the same; see "Known errors" in ' +
          'CONTRIBUTING.md',
      };
    });
}

function entryFor(errors: readonly KnownError[], { message }: ShownError): KnownError | undefined {
  const text = inOneLine(message);
  return errors.find((error) => errorPattern(error).test(text));
}
