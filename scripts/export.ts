import { resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { FORMATS, isPrinted, readExports, writeExport } from './export/files.ts';
import { makeExports } from './export/make.ts';
import { startProgress } from './command/progress.ts';
import { ensureBrowser, openBrowser } from './site/browser.ts';
import { buildSite } from './site/build.ts';

const { positionals } = readArguments('export');
const formats = FORMATS.filter(
  (format) => positionals.length === 0 || positionals.includes(format),
);
const progress = startProgress();
try {
  const dist = resolve('dist');
  // The build empties the folder, so keep the files that are not built again.
  const kept = await readExports(dist);
  progress.report('Building the site from the committed recordings …');
  await buildSite({ stale: 'fail' });
  for (const [format, content] of kept)
    if (!formats.includes(format)) await writeExport(dist, format, content);
  if (formats.some(isPrinted)) await ensureBrowser(progress.report);
  await makeExports({
    root: resolve('.'),
    dist,
    formats,
    browser: () => openBrowser(),
    ...progress,
  });
  progress.done();
} catch (error) {
  progress.print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
