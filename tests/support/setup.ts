import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureChecker } from '../../scripts/tools/audit/markup.ts';
import { openLabHost } from '../../scripts/lab/index.ts';
import { ensureBrowser } from '../../scripts/site/browser.ts';
import { ensureFirefox } from './firefox.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what several test files need, for the time of one run. */
    readonly shared: string;
  }
}

/**
 * Installs what the tests need and this machine lacks, and holds the outer Engine while they run,
 * so that not every command has to start and stop it.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const report = (message: string) => process.stderr.write(`${message}\n`);
  await ensureBrowser(report);
  await ensureFirefox(report);
  await ensureChecker(report);
  const host = await openLabHost(report);
  const shared = await mkdtemp(join(tmpdir(), 'you-like-docker-shared-'));
  provide('shared', shared);
  return async () => {
    await host.close();
    await rm(shared, { recursive: true, force: true });
  };
}
