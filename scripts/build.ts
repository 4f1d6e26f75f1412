import { resolve } from 'node:path';
import { readArguments } from './command/arguments.ts';
import { FORMATS, isPrinted } from './export/files.ts';
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

/** Adds the files for reading offline. Without a browser to print them, the PDFs are left out. */
async function addExports(): Promise<void> {
  // These modules take a while to load, so load them only once the site is built.
  const { makeExports } = await import('./export/make.ts');
  const { openBrowser } = await import('./site/browser.ts');
  const canPrint = await openBrowser().then(
    async (browser) => {
      await browser.close();
      return true;
    },
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      progress.print(`The PDFs were not built: ${reason}`);
      return false;
    },
  );
  const formats = FORMATS.filter((format) => canPrint || !isPrinted(format));
  const [root, dist] = [resolve('.'), resolve('dist')];
  await makeExports({ root, dist, formats, browser: () => openBrowser(), ...progress });
  progress.done();
}
