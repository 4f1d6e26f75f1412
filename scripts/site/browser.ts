import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { canInstallPackages, installPackages } from '../lab/outer-engine/packages.ts';

/**
 * Debian's Chromium and Google's Chrome, and last what Ubuntu calls so: there it may be a script that only tells of a
 * snap.
 */
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
/** Where packages put programs, whatever PATH says. */
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];

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
  return browserIn(process.env, existsSync);
}

/**
 * Path of a Chromium: the one that CHROMIUM names, be it there or not, else the first by name that is in a folder of PATH
 * or where packages put it.
 */
export function browserIn(
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string | undefined {
  return env['CHROMIUM'] || programIn(NAMES, env, exists);
}

/** Path of the first program by name that is in a folder of PATH or where packages put it. */
export function programIn(
  names: readonly string[],
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string | undefined {
  const folders = [...PATH.split(delimiter).filter((folder) => folder !== ''), ...FOLDERS];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(exists);
}
