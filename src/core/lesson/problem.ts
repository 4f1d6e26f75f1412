/**
 * Something that an author has to fix, as data. `formatProblem` alone turns it into text, so that
 * every message has the same form and says where, what, and what to do next.
 */
export interface Problem {
  /** Path as the author knows it, relative to the folder in which the command was called. */
  readonly file: string;
  /** 1-based line in `file`. */
  readonly line: number;
  /** What is wrong, in one sentence without a final period. */
  readonly title: string;
  /** What would have been correct, if that can be said briefly. */
  readonly expected?: string;
  /** What was found instead. */
  readonly found?: string;
  /** What to do next; the fix itself if it is known. */
  readonly hint: string;
}

/** Records a problem in the file that is being read. */
export type ReportProblem = (problem: Omit<Problem, 'file'>) => void;

/** Formats a problem for terminals and CI: `FILE:LINE: title` and indented details. */
export function formatProblem(problem: Problem): string {
  const lines = [`${problem.file}:${problem.line}: ${problem.title}`];
  if (problem.expected !== undefined) lines.push(`  expected: ${problem.expected}`);
  if (problem.found !== undefined) lines.push(`  found:    ${problem.found}`);
  lines.push(`  to fix:   ${problem.hint}`);
  return lines.join('\n');
}
