import { ensureChecker } from '../../scripts/tools/audit/markup.ts';
import { openLabHost } from '../../scripts/lab/index.ts';
import { ensureBrowser } from '../../scripts/site/browser.ts';
import { ensureFirefox } from './firefox.ts';

/**
 * Installs what the tests need and this machine lacks, and holds the outer Engine while they run, so
 * that not every command has to start and stop it.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const report = (message: string) => process.stderr.write(`${message}\n`);
  await ensureBrowser(report);
  await ensureFirefox(report);
  await ensureChecker(report);
  const host = await openLabHost(report);
  return () => host.close();
}
