/**
 * Something that an author has to fix, as data: one printer turns it into text (`formatProblem`),
 * so that every message has the same shape and says where, what, and what to do next.
 */
export interface Problem {
  /** Path as the author knows it, relative to the folder the command was called in. */
  readonly file: string;
  /** 1-based line in `file`. */
  readonly line: number;
  /** What happened, in one sentence without a final full stop. */
  readonly title: string;
  /** What would have been right, if that can be said shortly. */
  readonly expected?: string;
  /** What was there instead. */
  readonly found?: string;
  /** What to do next: the fix itself where it is known. */
  readonly hint: string;
}

/** Notes a problem of the file that is being read. */
export type ReportProblem = (problem: Omit<Problem, 'file'>) => void;

/** The text of a problem, as it is printed on a terminal and in CI: `FILE:LINE: what` and indented details. */
export function formatProblem(problem: Problem): string {
  const lines = [`${problem.file}:${problem.line}: ${problem.title}`];
  if (problem.expected !== undefined) lines.push(`  expected: ${problem.expected}`);
  if (problem.found !== undefined) lines.push(`  found:    ${problem.found}`);
  lines.push(`  to fix:   ${problem.hint}`);
  return lines.join('\n');
}
