import { inspect } from 'node:util';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { startProgress } from './command/progress.ts';
import { buildVm } from './browser-lab/build.ts';
import { buildFailure } from './browser-lab/failure.ts';
import { installTools } from './browser-lab/tools.ts';
import { runTests, type Counts } from './tools/vitest.ts';

/* Builds what is missing of the browser lab, which takes minutes, and runs its tests. */

readArguments('test:vm');
const args = process.argv.slice(2);
const counts: Counts = { passed: 0, failed: 0 };
const progress = startProgress();
const signal = onInterrupt(progress.report);
try {
  await installTools(progress.report, signal);
  await buildVm(progress.report, progress.print, signal);
  progress.done();
  await runTests(counts, ['--project=vm', ...args]);
} catch (error) {
  progress.done();
  if (signal.aborted) process.exit(endStatus(signal));
  counts.failed++;
  process.stdout.write(
    `FAILED: the browser lab could not be built\n${buildFailure(error) ?? inspect(error)}\n`,
  );
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
if (signal.aborted) process.exitCode = endStatus(signal);
else process.exitCode = counts.failed === 0 ? 0 : 1;
