import { resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { endStatus, onInterrupt } from './command/interrupt.ts';
import { labFailure } from './command/lab-failure.ts';
import { startProgress } from './command/progress.ts';
import { FORMATS, isPrinted, readExports, writeExport } from './export/files.ts';
import { makeExports } from './export/make.ts';
import { LabError } from './lab/error.ts';
import { ensureBrowser, openBrowser } from './site/browser.ts';
import { buildSite } from './site/build.ts';

const { positionals } = readArguments('export');
const isKit = positionals.includes('kit');
const formats = FORMATS.filter(
  (format) => isKit || positionals.length === 0 || positionals.includes(format),
);
const progress = startProgress();
const [root, dist] = [resolve('.'), resolve('dist')];
if (isKit) {
  const signal = onInterrupt(progress.print);
  await exportKit(signal).catch((error: unknown) => {
    if (signal.aborted) process.exitCode = endStatus(signal);
    else if (error instanceof LabError)
      process.exitCode = labFailure(error, signal, progress.print);
    else fail(error);
  });
  // A removed lab can leave a connection open forever, so exit explicitly.
  process.exit();
} else await exportFiles().catch(fail);

/** Builds the site, and adds the files for reading offline. */
async function exportFiles(): Promise<void> {
  // The build empties the folder, so keep the files that are not built again.
  const kept = await readExports(dist);
  progress.report('Building the site from the committed recordings …');
  await buildSite({ stale: 'fail' });
  for (const [format, content] of kept)
    if (!formats.includes(format)) await writeExport(dist, format, content);
  if (formats.some(isPrinted)) await ensureBrowser(progress.report);
  await makeExports({ root, dist, formats, browser: () => openBrowser(), ...progress });
  progress.done();
}

/** Does the same, and makes the kit from it. What may be missing is asked for first. */
async function exportKit(signal: AbortSignal): Promise<void> {
  const { requireParts, startKit, finishKit } = await import('./export/kit/make.ts');
  const { report, print } = progress;
  await requireParts(root);
  const started = await startKit(root, report, signal);
  await exportFiles();
  signal.throwIfAborted();
  for (const line of await finishKit(started, { root, dist, report })) print(line);
}

function fail(error: unknown): void {
  progress.print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
