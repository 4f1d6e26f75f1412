/* eslint-disable no-console -- the command line of `npm run vm` */
import { readArguments, refuse } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { startProgress } from './command/progress.ts';
import { UsageError } from '../src/store/selection.ts';
import { buildVm } from './browser-lab/build.ts';
import { tryLessons } from './browser-lab/lessons/run.ts';
import { buildFailure } from './browser-lab/failure.ts';
import { installTools } from './browser-lab/tools.ts';
import { updateInputs } from './browser-lab/inputs/update.ts';

const STATUS = { failed: 1, usage: 2 };

const { values, positionals } = readArguments('vm');
if (positionals.length > 0 && !values.try)
  refuse('vm', `${positionals.join(', ')}: lessons can only be named with --try`);
const progress = startProgress();
const signal = onInterrupt(progress.report);
const status = await main().catch(failure);
process.stdout.write('', () => process.exit(status));

async function main(): Promise<number> {
  await installTools(progress.report, signal);
  if (values.update) {
    progress.report("reading the indexes of Debian's archives");
    await updateInputs(signal);
  }
  const { manifest, written } = await buildVm(progress.report, progress.print, signal);
  progress.done();
  const { files, disk } = manifest;
  const start = files.wasm.bytes + files.bios.bytes + files.vgaBios.bytes + files.state.bytes;
  console.log(
    `vm/ ${written ? 'written' : 'is up to date'}: Docker Engine ${manifest.versions.engine}, ` +
      `${megabytes(start)} to start, ${megabytes(disk.packedBytes)} of disk that is read as needed`,
  );
  if (values.try) await tryIn(positionals);
  return 0;
}

/** Runs lessons in the browser lab and prints how many of their steps run there. */
async function tryIn(names: readonly string[]): Promise<void> {
  let [all, running] = [0, 0];
  await tryLessons(names, progress.report, signal, ({ id }, { steps }) => {
    const refused = Object.entries(steps).filter(([, { runs }]) => !runs);
    const count = Object.keys(steps).length;
    all += count;
    running += count - refused.length;
    progress.print(`${id}: ${count - refused.length} of ${count} steps run in the browser lab`);
    for (const [step, outcome] of refused)
      if (!outcome.runs) progress.print(`  ${step}: ${JSON.stringify(outcome.why)}`);
  });
  progress.done();
  console.log(`${running} of ${all} steps run in the browser lab`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function failure(error: unknown): number {
  progress.done();
  if (signal.aborted) return endStatus(signal);
  if (error instanceof UsageError) {
    console.error(`${error.message}\n  to fix:   ${error.hint}`);
    return STATUS.usage;
  }
  const text = buildFailure(error);
  if (text === undefined) throw error;
  console.error(text);
  return STATUS.failed;
}
