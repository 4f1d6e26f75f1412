import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { Report } from '../lab/index.ts';
import { BuildError } from './run.ts';
import type { Saving } from './saving.ts';
import { saveBooted, savePrepared } from './state.ts';

/*
 * Boots the machine or resumes its state, and saves the new state. `saving.ts` runs this program as
 * a separate process. It prints each step as a line on stdout.
 */

/** The zstd level is high, because the state is compressed once and fetched often. */
const LEVEL = 19;

/** Milliseconds between checks that the parent process still exists. */
const PARENT_CHECK = 1000;

const report: Report = (line) => void process.stdout.write(`${line}\n`);

const { ppid } = process;
setInterval(() => {
  if (process.ppid !== ppid) process.exit(1);
}, PARENT_CHECK).unref();

try {
  await save(JSON.parse(process.argv[2] ?? '') as Saving);
  process.exit(0);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  process.stderr.write(`${error.log}\n${error.message}\n`);
  process.exit(1);
}

async function save(saving: Saving): Promise<void> {
  const raw = join(saving.folder, 'state.bin');
  if (saving.booted === undefined) return saveBooted(saving.parts, raw, report);
  const prepared = await savePrepared(saving.parts, saving.booted, raw, report);
  const facts = { built: new Date().toISOString().slice(0, 10), ...prepared };
  await writeFile(join(saving.folder, 'facts.json'), JSON.stringify(facts));
  report('compressing the state');
  const state = await readFile(raw);
  const packed = await promisify(zstdCompress)(state, {
    // v86 reads the uncompressed size from the header.
    pledgedSrcSize: state.length,
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
  });
  await writeFile(`${raw}.zst`, packed);
  await rm(raw);
}
