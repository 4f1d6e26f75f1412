import type { Lesson } from '../../../src/core/lesson/model.ts';
import { RunFailure } from '../run/failure.ts';
import type { LabFailure } from '../run/lab-queue.ts';
import { noiseBetween, unproven } from './noise.ts';
import type { Change, Outcome } from './outcome.ts';
import type { StepRun } from '../run/step.ts';

/** What one run of a lesson showed. */
export interface Run extends Outcome {
  readonly played: readonly StepRun[];
}

/** What becomes of a lesson whose runs are known as far as they are needed. */
export type Verdict =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'noisy'; readonly changes: readonly Change[] }
  | { readonly kind: 'failed'; readonly failure: RunFailure | LabFailure };

/** Thrown where the second run of a lesson is of no use any more. */
export class Needless extends Error {}

/** The two runs of a lesson after which its recordings are accepted; they go on side by side. */
export class TwoRuns {
  private readonly lesson: Lesson;
  private first: Run | undefined;
  private second: readonly StepRun[] | RunFailure | LabFailure | undefined;
  private over = false;

  constructor(lesson: Lesson) {
    this.lesson = lesson;
  }

  /** Whether the second run would tell nothing: the first one has failed, or changes nothing. */
  get isDecided(): boolean {
    return this.over;
  }

  /** The first run has failed: there is nothing to be accepted. */
  giveUp(): void {
    this.over = true;
  }

  /** @returns undefined as long as the second run is needed */
  async firstRan(run: Run): Promise<Verdict | undefined> {
    this.first = run;
    if (unproven(run.changes).length === 0) this.over = true;
    return this.over ? { kind: 'accepted' } : this.verdict();
  }

  /** @returns undefined if the first run is not over, or has decided already */
  async secondRan(run: readonly StepRun[] | RunFailure | LabFailure): Promise<Verdict | undefined> {
    this.second = run;
    return this.over ? undefined : this.verdict();
  }

  private async verdict(): Promise<Verdict | undefined> {
    const { lesson, first, second } = this;
    if (first === undefined || second === undefined) return undefined;
    this.over = true;
    if (second instanceof RunFailure) return { kind: 'failed', failure: onlyOnce(second) };
    if ('status' in second) return { kind: 'failed', failure: second };
    const changes = await noiseBetween(lesson, first.played, second, first.changes);
    return changes.length === 0 ? { kind: 'accepted' } : { kind: 'noisy', changes };
  }
}

/** A failure of one run of two says so. */
export function onlyOnce({ problem, status, screen, step }: RunFailure): RunFailure {
  const once = 'it did what the lesson expects in one of two runs, and not in the other';
  const hint = `${once}: ${problem.hint}`;
  return new RunFailure({ ...problem, hint }, status, screen, step);
}
