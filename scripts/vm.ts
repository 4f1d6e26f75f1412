/* eslint-disable no-console -- the command line of `npm run vm` */
import { parseArgs } from 'node:util';
import { endStatus, onInterrupt } from './interrupt.ts';
import { LabError } from './lab/index.ts';
import { startProgress } from './progress.ts';
import { buildVm } from './vm/build.ts';
import { BuildError } from './vm/run.ts';
import { installTools } from './vm/tools.ts';
import { updateInputs } from './vm/update.ts';

const USAGE = `npm run vm                builds the browser lab, a Docker Engine for the reader's tab, into vm/
npm run vm -- --update    pins the versions that Debian's archive has now, and builds of these`;
const STATUS = { failed: 1, usage: 2 };

const progress = startProgress();
const signal = onInterrupt(progress.report);
const status = await main(process.argv.slice(2)).catch(failure);
process.stdout.write('', () => process.exit(status));

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(options);
    return STATUS.usage;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (options.update) {
    progress.report("reading the index of Debian's archive");
    await updateInputs();
  }
  await installTools(progress.report, signal);
  const { manifest, written } = await buildVm(progress.report, signal);
  progress.done();
  const { files, disk } = manifest;
  const start = files.wasm.bytes + files.bios.bytes + files.vgaBios.bytes + files.state.bytes;
  console.log(
    `vm/ ${written ? 'written' : 'is up to date'}: Docker Engine ${manifest.versions.engine}, ` +
      `${megabytes(start)} to start, ${megabytes(disk.packedBytes)} of disk that is read as needed`,
  );
  return 0;
}

function readOptions(args: readonly string[]): { update: boolean; help: boolean } | string {
  try {
    return parseArgs({
      args: [...args],
      options: {
        update: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function failure(error: unknown): number {
  progress.done();
  if (signal.aborted) return endStatus(signal);
  if (!(error instanceof BuildError) && !(error instanceof LabError)) throw error;
  if (error.log !== undefined && error.log !== '') console.error(error.log);
  console.error(`vm: ${error.message}`);
  if (error instanceof LabError) console.error(`To mend it: ${error.hint}.`);
  return STATUS.failed;
}
