import { resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { startProgress } from './command/progress.ts';
import type { RecordOptions } from './recorder/options.ts';
import { record } from './recorder/record.ts';
import { details, summary } from './recorder/report/text.ts';
import { foldersOf } from '../src/store/folders.ts';
import { buildSite, serveSite } from './site/build.ts';

/** Lessons played at once: one records while another starts or ends its containers. */
const JOBS = 2;

const { port } = readArguments('start').values;
const progress = startProgress();
const signal = onInterrupt(progress.print);
const interrupted = new Promise<void>((resolve) =>
  signal.addEventListener('abort', () => resolve(), { once: true }),
);

progress.report('Building the site from the committed recordings …');
await buildSite({ stale: 'show' });
const site = await serveSite({ port });
progress.print(`You Like Docker is at ${site.url} (Ctrl-C ends it)`);

await playAll();
if (!signal.aborted) progress.print('Still serving the site; Ctrl-C ends it.');
await interrupted;
await site.close();
process.exit(endStatus(signal));

/**
 * Plays every lesson and shows what changed; it writes nothing. Without a way to an Engine the site is
 * served all the same.
 */
async function playAll(): Promise<void> {
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
        `The lessons could not be played: ${error instanceof Error ? error.message : String(error)}`,
      );
  }
}
