import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { serveSite, type Served } from '../../scripts/site/build.ts';
import { copyProject, freePort, type Project } from '../../scripts/tools/fixtures/project.ts';
import { openBrowser } from './browser.ts';

/** The address under which the site of `realSite` is published. */
export const SITE_URL = 'https://example.org/';
/** The repository whose form for feedback it links. */
export const REPOSITORY_URL = 'https://github.com/me/you-like-docker';

/**
 * The site of this repository as it is published. It is built once for all test files, which must
 * not change it.
 */
export async function realSite(): Promise<Pick<Project, 'root'>> {
  const folder = join(inject('shared'), 'site');
  const result = join(folder, 'result.json');
  // The file that creates the folder builds the site; all others wait.
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    const project = await copyProject('real', join(folder, 'project'));
    const built = await project.build({ SITE_URL, REPOSITORY_URL });
    await writeFile(`${result}.new`, JSON.stringify(built));
    await rename(`${result}.new`, result);
  }
  while (!existsSync(result)) await sleep(200);
  expect(JSON.parse(await readFile(result, 'utf8'))).toEqual({ status: 0, output: '' });
  return { root: join(folder, 'project') };
}

export const WIDE: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/** The real site in a browser. */
export interface RealSite {
  readonly browser: Browser;
  /** Folder of the project that the site was built from. */
  readonly root: string;
  /** Address of the first page. */
  readonly url: string;
  readonly address: (path: string) => string;
  /** Opens a page of the site; it is closed, and what it stored is removed, after the test. */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  /** The same with a clock that can be put forward. */
  readonly openWithClock: (path: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** Serves the real site, and starts a browser for it, for all tests of a file. */
export function useRealSite(): RealSite {
  let [browser, root, served]: [Browser?, string?, Served?] = [];
  // Pages of one context load faster, because they share a cache.
  const kept = new Map<string, BrowserContext>();
  const used: BrowserContext[] = [];
  beforeAll(async () => {
    [browser, { root }] = await Promise.all([openBrowser(), realSite()]);
    served = await serveSite({ port: await freePort(), root });
  });
  afterEach(async () => {
    await Promise.all(used.splice(0).map((context) => context.close()));
    for (const page of [...kept.values()].flatMap((context) => context.pages())) {
      await page.evaluate(() => localStorage.clear());
      await page.close();
    }
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  const ready = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('the site is served once the tests have started');
    return value;
  };
  const address = (path: string) => new URL(path, ready(served).url).href;
  return {
    get browser() {
      return ready(browser);
    },
    get root() {
      return ready(root);
    },
    get url() {
      return ready(served).url;
    },
    address,
    async open(path, options = WIDE) {
      const key = JSON.stringify(options);
      const context = kept.get(key) ?? (await ready(browser).newContext(options));
      kept.set(key, context);
      const page = await context.newPage();
      await page.goto(address(path));
      return page;
    },
    async openWithClock(path, options = WIDE) {
      const context = await ready(browser).newContext(options);
      used.push(context);
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(address(path));
      return page;
    },
  };
}
