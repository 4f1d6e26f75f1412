import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, type Page } from 'puppeteer-core';
import { canInstallPackages, installPackages } from '../../scripts/lab/outer-engine/packages.ts';
import { programIn } from '../../scripts/site/browser.ts';
import { isForeign, reportViolations, type Faults } from './browser.ts';

/* Firefox, as Debian ships it: Playwright asks its BiDi for a command that the ESR lacks, Puppeteer
   does not. */

/** Debian's name, and everybody else's. */
const NAMES = ['firefox-esr', 'firefox'];

/**
 * Puppeteer's profile turns off telemetry and updates. What would still leave this machine is asked
 * for at a port where nobody answers.
 */
const NO_NETWORK = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.trr.mode': 5,
};

/** A running Firefox with one window. */
export interface Firefox {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** Installs a Firefox where there is none and it can be. */
export async function ensureFirefox(report: (line: string) => void): Promise<void> {
  if (findFirefox() === undefined && (await canInstallPackages()))
    await installPackages(['firefox-esr'], report);
}

/** Starts a real, headless Firefox over WebDriver BiDi; its profile is gone when it is closed. */
export async function openFirefox(): Promise<Firefox> {
  const executablePath = findFirefox();
  if (executablePath === undefined)
    throw new Error(
      'no Firefox found; install one (apt-get install firefox-esr), or name it in FIREFOX',
    );
  // For root, Firefox does not start in a home that is somebody else's.
  const home = await mkdtemp(join(tmpdir(), 'you-like-docker-firefox-'));
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const browser = await launch({
      browser: 'firefox',
      executablePath,
      userDataDir: join(home, 'profile'),
      env: { ...process.env, HOME: home },
      extraPrefsFirefox: NO_NETWORK,
    });
    const close = async () => {
      await browser.close();
      await remove();
    };
    return { page: await browser.newPage(), close };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Watches a page from before its first load, as `watchFaults` does in Chromium. */
export async function watchFirefox(page: Page, origin: string): Promise<Faults> {
  const faults: Faults = { violations: [], errors: [], foreign: [] };
  await page.exposeFunction('reportViolation', (text: string) => faults.violations.push(text));
  await page.evaluateOnNewDocument(reportViolations);
  page.on('console', (message) => {
    if (message.type() === 'error') faults.errors.push(message.text());
  });
  page.on('pageerror', (error) => faults.errors.push(String(error)));
  page.on('request', (request) => {
    if (isForeign(request.url(), origin)) faults.foreign.push(request.url());
  });
  return faults;
}

function findFirefox(): string | undefined {
  return process.env['FIREFOX'] || programIn(NAMES, process.env, existsSync);
}
