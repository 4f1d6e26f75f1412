import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import type { Report } from '../lab/index.ts';
import { BuildError } from './run.ts';
import type { Saving } from './saving.ts';
import { saveBooted, savePrepared } from './state.ts';

/*
 * Boots the machine, or goes on with it, and saves its state: a process of its own, see `saving.ts`. What it does now is a line on stdout.
 */

/** zstd's level for the state, which is packed once and fetched often. */
const LEVEL = 19;

/** Milliseconds between two looks at whether there is still somebody for whom this is done. */
const LOOK = 1000;

const report: Report = (line) => void process.stdout.write(`${line}\n`);

const { ppid } = process;
setInterval(() => {
  if (process.ppid !== ppid) process.exit(1);
}, LOOK).unref();

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
  const facts = await savePrepared(saving.parts, saving.booted, raw, report);
  const told = { built: new Date().toISOString().slice(0, 10), ...facts };
  await writeFile(join(saving.folder, 'facts.json'), JSON.stringify(told));
  report('packing the state');
  const state = await readFile(raw);
  const packed = await promisify(zstdCompress)(state, {
    // v86 wants to know beforehand how much it unpacks.
    pledgedSrcSize: state.length,
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL },
  });
  await writeFile(`${raw}.zst`, packed);
  await rm(raw);
}
