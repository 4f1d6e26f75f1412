import type { Problem } from '../../../src/core/lesson/problem.ts';
import { withoutSecrets } from '../secrets/secrets.ts';

/** A lesson did not do what it expects, so its author has to fix it. */
export class RunFailure extends Error {
  readonly problem: Problem;
  /** Exit status of `record`: 20 not as expected, 30 time-out. */
  readonly status: 20 | 30;
  readonly screen: string;
  /** The step that failed; absent if the fault does not belong to a step. */
  readonly step?: string;

  constructor(problem: Problem, status: 20 | 30, screen: string, step?: string) {
    super(problem.title);
    this.name = 'RunFailure';
    this.problem = problem;
    this.status = status;
    this.screen = screen;
    if (step !== undefined) this.step = step;
  }
}

/** The lab failed. */
export interface LabFailure {
  readonly status: 40;
  /** Whether it is an intermittent fault of the Engine that its developers know of. */
  readonly isKnownFault?: boolean;
  readonly message: string;
  readonly hint: string;
  readonly log: string;
  /** What had been typed when the failure was noticed, if anything. */
  readonly at?: Place;
}

/** A command of a lesson. */
export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Its first line. */
  readonly command: string;
}

export type Failure = RunFailure | LabFailure;

/**
 * The failure with what to do where a disk is full in a lab that is well: no other status than the
 * expected fixes that.
 */
export function withFullDisk(failure: RunFailure): RunFailure {
  const { problem, status, screen, step } = failure;
  if (!/no space left on device/i.test(screen)) return failure;
  const hint = `the screen says that a disk is full: let the lesson write less; or else ${problem.hint}`;
  return new RunFailure({ ...problem, hint }, status, screen, step);
}

/**
 * The failure without the secrets that its screen, its log or its words show: reports of it may be
 * public.
 */
export async function withHiddenSecrets(failure: Failure): Promise<Failure> {
  if (!(failure instanceof RunFailure)) {
    const { at } = failure;
    return { ...(await hidden(failure)), ...(at && { at: await hidden(at) }) };
  }
  const { problem, status, screen, step } = failure;
  return new RunFailure(await hidden(problem), status, await withoutSecrets(screen), step);
}

/** The object without the secrets in its texts. */
async function hidden<T extends object>(object: T): Promise<T> {
  const entries = Object.entries(object).map(async ([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? await withoutSecrets(value) : value,
  ]);
  return Object.fromEntries(await Promise.all(entries)) as T;
}
