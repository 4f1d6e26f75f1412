import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { startProgress } from './command/progress.ts';
import type { RecordOptions } from './recorder/options.ts';
import { record } from './recorder/record.ts';
import { details, summary } from './recorder/report/text.ts';
import { foldersOf } from '../src/store/folders.ts';
import { serveSite } from './site/build.ts';
import { buildWhole } from './start/build-whole.ts';
import { KeptDownloads, sourcesKey } from './start/downloads.ts';
import { makeLater } from './start/later.ts';

/** Lessons run in parallel: one records while another starts or ends its containers. */
const JOBS = 2;

const { port } = readArguments('start').values;
const progress = startProgress();
const signal = onInterrupt(progress.print);
const interrupted = new Promise<void>((resolve) =>
  signal.addEventListener('abort', () => resolve(), { once: true }),
);

progress.report('Building the site from the committed recordings …');
const [root, dist] = [resolve('.'), resolve('dist')];
const key = await sourcesKey(root);
await buildWhole(root, signal).catch((error: unknown) => {
  if (signal.aborted) process.exit(endStatus(signal));
  throw error;
});
const hasLab = existsSync(join(dist, 'vm/manifest.json'));
const formats = await new KeptDownloads(root, dist, key).restore();
const site = await serveSite({ port });
progress.print(`You Like Docker is at ${site.url} (press Ctrl-C to stop)`);

await runAll();
if (!signal.aborted) await makeLater({ root, key, formats, hasLab }, progress, signal);
if (!signal.aborted) progress.print('Still serving the site; press Ctrl-C to stop.');
await interrupted;
await site.close();
process.exit(endStatus(signal));

/**
 * Runs every lesson and shows what changed, without writing anything. If there is no Engine, the
 * site is still served.
 */
async function runAll(): Promise<void> {
  const options: RecordOptions = {
    ...foldersOf(resolve('.')),
    names: [],
    all: true,
    check: true,
    jobs: JOBS,
    report: progress.report,
    signal,
  };
  try {
    const result = await record(options);
    progress.done();
    if (signal.aborted) return;
    for (const text of details(result)) progress.print(text);
    progress.print(summary(result));
    if (result.lessons.some(({ kind }) => kind === 'changed'))
      progress.print('Nothing was written: `npm run record -- --all` writes what changed.');
  } catch (error) {
    if (!signal.aborted)
      progress.print(
        `The lessons could not be run: ${error instanceof Error ? error.message : String(error)}`,
      );
  }
}
