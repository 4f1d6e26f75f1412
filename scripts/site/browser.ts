import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { canInstallPackages, installPackages } from '../lab/outer-engine/packages.ts';

/**
 * Debian's Chromium, Google's Chrome, and last `chromium-browser`: in Ubuntu, this may be a script
 * that only says to install a snap.
 */
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
/** Where packages put programs; searched even if they are not in PATH. */
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];

/** Installs Chromium if there is no browser and packages can be installed. */
export async function ensureBrowser(report: (line: string) => void): Promise<void> {
  if (findBrowser() === undefined && (await canInstallPackages()))
    await installPackages(['chromium'], report);
}

/**
 * Starts a real, headless Chromium.
 * @param debuggingPort port at which another program can control it
 */
export async function openBrowser(debuggingPort?: number): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error(
      'no Chromium found; install it (apt-get install chromium), or set CHROMIUM to its path',
    );
  const port = debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`];
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...port] });
}

function findBrowser(): string | undefined {
  return browserIn(process.env, existsSync);
}

/**
 * Path of Chromium: the value of CHROMIUM, whether or not that file exists; otherwise the first of
 * `NAMES` that is found in PATH or where packages put programs.
 */
export function browserIn(
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string | undefined {
  return env['CHROMIUM'] || programIn(NAMES, env, exists);
}

/** Path of the first of `names` that is found in PATH or where packages put programs. */
export function programIn(
  names: readonly string[],
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string | undefined {
  const folders = [...PATH.split(delimiter).filter((folder) => folder !== ''), ...FOLDERS];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(exists);
}
