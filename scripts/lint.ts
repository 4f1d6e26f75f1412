import { formatProblem } from '../src/core/lesson/problem.ts';
import { readArguments } from './command/arguments.ts';
import { lintProject } from './tools/lint/project.ts';

readArguments('lint');
const problems = await lintProject('.');
for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
const count = problems.length === 1 ? '1 problem' : `${problems.length || 'no'} problems`;
process.stdout.write(`lessons: ${count} found\n`);
process.exitCode = problems.length === 0 ? 0 : 2;
