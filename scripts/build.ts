import { resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { FORMATS } from './export/files.ts';
import { startProgress } from './command/progress.ts';
import { buildSite } from './site/build.ts';

const { values } = readArguments('build');
const progress = startProgress();
try {
  await buildSite({ stale: 'fail' });
  if (!values['no-exports']) await addExports();
} catch (error) {
  progress.print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** The files for reading without a network; where there is no browser to print it, without the PDF. */
async function addExports(): Promise<void> {
  // Loading what makes them takes a while: only when the site itself is built.
  const { makeExports } = await import('./export/make.ts');
  const { openBrowser } = await import('./site/browser.ts');
  const browser = await openBrowser().catch((error: unknown) => {
    progress.print(`No PDF is made: ${error instanceof Error ? error.message : String(error)}`);
  });
  const formats = FORMATS.filter((format) => format !== 'pdf' || browser !== undefined);
  try {
    const open = () => (browser === undefined ? openBrowser() : Promise.resolve(browser));
    const [root, dist] = [resolve('.'), resolve('dist')];
    await makeExports({ root, dist, formats, browser: open, ...progress });
  } finally {
    await browser?.close();
  }
  progress.done();
}
