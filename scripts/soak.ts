import { commandReference } from '../src/core/lesson/command-help.ts';
import { run } from './tools/bench/process.ts';
import { SCRIPT } from './tools/bench/quick.ts';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { foldersOf } from '../src/store/folders.ts';
import { readLessons } from '../src/store/lessons.ts';
import { judge, resultLine, sumOf, type OnePlay } from './tools/soak/one-play.ts';

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
  const played: OnePlay[] = [];
  for (let play = 1; play <= Number(runs); play++) {
    const { seconds, ...one } = await playAll(expected);
    if (signal.aborted) return endStatus(signal);
    played.push(one);
    report(
      `play ${play} of ${runs}, ${seconds.toFixed(0)} s: ${one.notes.join('; ') || 'as recorded'}`,
    );
  }
  const sum = sumOf(played);
  process.stdout.write(`${resultLine(played.length, sum)}\n`);
  return sum.changed + sum.failed === 0 ? 0 : 1;
}

async function playAll(expected: readonly string[]): Promise<OnePlay & { seconds: number }> {
  const args = ['--all', '--check', '--jobs', '2', '--json'];
  const ended = await run([...SCRIPT, 'scripts/record.ts', ...args], { allowed: 'any', signal });
  const play = judge(ended, expected);
  // Print everything about a run with a difference, because it may not happen again.
  if (play.notes.length > 0) process.stderr.write(ended.stderr);
  if (play.lessons === 0) process.stderr.write(ended.stdout);
  return { ...play, seconds: ended.milliseconds / 1000 };
}
