import { formatProblem } from '../src/lesson/problem.ts';
import { lintLessons } from './lint/lessons.ts';

const problems = lintLessons('content/lessons');
for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
process.stdout.write(
  `lessons: ${problems.length === 0 ? 'nothing to mend' : `${problems.length} to mend`}\n`,
);
process.exitCode = problems.length === 0 ? 0 : 2;
