import { commandReference } from '../src/core/lesson/command-help.ts';
import { run } from './tools/bench/process.ts';
import { SCRIPT } from './tools/bench/quick.ts';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { foldersOf } from '../src/store/folders.ts';
import { readLessons } from '../src/store/lessons.ts';
import { judge, resultLine, sumOf, type OneRun } from './tools/soak/one-run.ts';

const [runs = '20'] = readArguments('soak').positionals;
const report = (line: string): void => void process.stderr.write(`soak: ${line}\n`);
const signal = onInterrupt(report);
process.exitCode = await main();

async function main(): Promise<number> {
  const { lessons, problems } = readLessons(foldersOf('').content);
  if (problems.length > 0 || lessons.length === 0) {
    report('a lesson is not valid, or there is none; see `npm run record -- --check`');
    return 2;
  }
  const reference = commandReference(lessons)?.lesson;
  const expected = [...lessons, ...(reference ? [reference] : [])].map(({ id }) => id);
  const results: OneRun[] = [];
  for (let number = 1; number <= Number(runs); number++) {
    const { seconds, ...one } = await runAll(expected);
    if (signal.aborted) return endStatus(signal);
    results.push(one);
    report(
      `run ${number} of ${runs}, ${seconds.toFixed(0)} s: ${one.notes.join('; ') || 'as recorded'}`,
    );
  }
  const sum = sumOf(results);
  process.stdout.write(`${resultLine(results.length, sum)}\n`);
  return sum.changed + sum.failed === 0 ? 0 : 1;
}

async function runAll(expected: readonly string[]): Promise<OneRun & { seconds: number }> {
  const args = ['--all', '--check', '--jobs', '2', '--json'];
  const ended = await run([...SCRIPT, 'scripts/record.ts', ...args], { allowed: 'any', signal });
  const result = judge(ended, expected);
  // Print everything about a run with a difference, because it may not happen again.
  if (result.notes.length > 0) process.stderr.write(ended.stderr);
  if (result.lessons === 0) process.stderr.write(ended.stdout);
  return { ...result, seconds: ended.milliseconds / 1000 };
}
