import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { canInstallPackages, installPackages } from '../lab/engine/packages.ts';

/** Where Debian's and Ubuntu's packages, and other systems, put a Chromium. */
const CHROMIUM = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Installs a Chromium where there is none and it can be. */
export async function ensureBrowser(report: (line: string) => void): Promise<void> {
  if (findBrowser() === undefined && (await canInstallPackages()))
    await installPackages(['chromium'], report);
}

/**
 * Starts a real, headless Chromium.
 * @param debuggingPort port at which another program may speak to it
 */
export async function openBrowser(debuggingPort?: number): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error(
      'no Chromium found; install one (apt-get install chromium), or name it in CHROMIUM',
    );
  const port = debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`];
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...port] });
}

function findBrowser(): string | undefined {
  return CHROMIUM.find((path) => path !== undefined && existsSync(path));
}
