import { run } from './bench/process.ts';
import { SCRIPT } from './bench/quick.ts';
import { endStatus, onInterrupt } from './interrupt.ts';

const USAGE = `npm run soak [-- PLAYS]   plays all lessons so often, 20 times unless said, and counts what differed`;

/** What `record --json` tells, as far as it is read here. */
interface Played {
  readonly lessons: readonly { readonly lesson: string; readonly result: string }[];
  readonly steps: readonly { readonly lesson: string; readonly step: string }[];
  readonly failures: readonly { readonly lesson: string; readonly title: string }[];
}

const report = (line: string): void => void process.stderr.write(`soak: ${line}\n`);
const signal = onInterrupt(report);
process.exitCode = await main(process.argv.slice(2));

async function main([plays = '20', ...rest]: readonly string[]): Promise<number> {
  if (!/^[1-9]\d*$/.test(plays) || rest.length > 0) {
    report(USAGE);
    return 2;
  }
  const sums = { lessons: 0, changed: 0, failed: 0 };
  for (let play = 1; play <= Number(plays); play++) {
    const { played, seconds } = await playAll();
    if (signal.aborted) return endStatus(signal);
    sums.lessons += played.lessons.length;
    sums.changed += played.steps.length;
    sums.failed += played.failures.length;
    report(
      `play ${play} of ${plays}, ${seconds.toFixed(0)} s: ${wrongIn(played).join('; ') || 'as recorded'}`,
    );
  }
  process.stdout.write(
    `plays: ${plays}, lessons played: ${sums.lessons}, steps changed: ${sums.changed}, lessons failed: ${sums.failed}\n`,
  );
  return sums.changed + sums.failed === 0 ? 0 : 1;
}

async function playAll(): Promise<{ played: Played; seconds: number }> {
  const args = ['--all', '--check', '--jobs', '2', '--json'];
  const { stdout, stderr, milliseconds } = await run([...SCRIPT, 'scripts/record.ts', ...args], {
    allowed: [0, 10, 20, 30, 40, 130],
    signal,
  });
  const played = JSON.parse(stdout || '{"lessons":[],"steps":[],"failures":[]}') as Played;
  // The whole story of a play that went wrong: it may not come again.
  if (wrongIn(played).length > 0) process.stderr.write(stderr);
  return { played, seconds: milliseconds / 1000 };
}

function wrongIn({ steps, failures }: Played): string[] {
  return [
    ...steps.map(({ lesson, step }) => `${lesson}#${step} changed`),
    ...failures.map(({ lesson, title }) => `${lesson} failed: ${title}`),
  ];
}
