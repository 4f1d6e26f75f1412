import type { Problem } from '../../src/lesson/problem.ts';

/** The lesson was played and did not do what it says: its author has to look. */
export class PlayFailure extends Error {
  readonly problem: Problem;
  /** Exit status of `record`: 20 another result than expected, 30 a time-out. */
  readonly status: 20 | 30;
  /** The screen as it stood. */
  readonly screen: string;

  constructor(problem: Problem, status: 20 | 30, screen: string) {
    super(problem.title);
    this.name = 'PlayFailure';
    this.problem = problem;
    this.status = status;
    this.screen = screen;
  }
}
