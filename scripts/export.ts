import { resolve } from 'node:path';
import { readArguments, refuse } from './command/arguments.ts';
import { FORMATS, readExports, writeExport, type Format } from './export/files.ts';
import { makeExports } from './export/make.ts';
import { startProgress } from './command/progress.ts';
import { ensureBrowser, openBrowser } from './site/browser.ts';
import { buildSite } from './site/build.ts';

const USAGE =
  'npm run export [-- pdf|epub|html…]   builds the site and writes files for reading offline into dist/downloads';

const { positionals } = readArguments(USAGE, { allowPositionals: true });
const formats = positionals.length === 0 ? FORMATS : positionals.map(formatOf);
const progress = startProgress();
try {
  const dist = resolve('dist');
  // A build begins with an empty folder: what is not made anew stays.
  const kept = await readExports(dist);
  progress.report('Building the site from the committed recordings …');
  await buildSite({ stale: 'fail' });
  for (const [format, content] of kept)
    if (!formats.includes(format)) await writeExport(dist, format, content);
  if (formats.includes('pdf')) await ensureBrowser(progress.report);
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

function formatOf(name: string): Format {
  const format = FORMATS.find((known) => known === name);
  return format ?? refuse(`there is no format ${name}: use ${FORMATS.join(', ')}`, USAGE);
}
